/** A style sheet that esbuild puts into the script as text. */
declare module "*.css" {
  const text: string;
  export default text;
}
