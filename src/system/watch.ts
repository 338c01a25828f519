import { watch } from 'chokidar';

/** Files and folders (all below them), also such as are made later; bursts of writes are told one by one. */
export function watchPaths(
  paths: readonly string[],
  onChange: (path: string) => void,
): { close(): Promise<void> } {
  const watcher = watch([...paths], {
    ignoreInitial: true,
    ignored: /[/\\](?:\.git|node_modules)(?:[/\\]|$)/,
  });
  watcher.on('all', (_event, path) => onChange(path));
  watcher.on('error', () => {});
  return { close: () => watcher.close() };
}
