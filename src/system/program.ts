/** The words that start this very program once more. */
export const ownCommand = (): readonly string[] => [process.execPath, process.argv[1] ?? ''];
