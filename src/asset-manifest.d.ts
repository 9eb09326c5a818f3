// Made by scripts/build-assets.ts, so that it may not be there when types are checked.
declare module '*/asset-manifest.json' {
  const manifest: Readonly<Record<string, string>>;

  export { manifest as default };
}
