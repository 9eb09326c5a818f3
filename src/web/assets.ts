/** Names of the built files by their plain names: `{ "sportello.css": "sportello.1f0c….css" }`. */
export type AssetManifest = Readonly<Record<string, string>>;

let built: AssetManifest = {};

/**
 * Called once by the entry of each runtime with what `scripts/build-assets.ts` made. Without it
 * (in tests of a single page) assets keep their plain names, so nothing needs building to render.
 */
export function useAssets(manifest: AssetManifest): void {
  built = manifest;
}

/** Address of a static file by its plain name; it changes when the content does. */
export function asset(name: string): string {
  return `/assets/${built[name] ?? name}`;
}
