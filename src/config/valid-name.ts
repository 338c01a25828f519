/** `My Shop` as `my-shop`. */
export function validName(name: string): string {
  const words = name
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .slice(0, 64);
  return words.replace(/^-+|-+$/g, '') || 'app';
}
