// The build makes this file; the types must not wait for it.
declare module '*/asset-manifest.json' {
  const manifest: Readonly<Record<string, string>>;
  // biome-ignore lint/style/noDefaultExport: how JSON is imported
  export default manifest;
}
