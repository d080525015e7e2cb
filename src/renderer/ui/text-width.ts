/** Widths of texts, which cost a layout each: remembered, because zooming asks for the same ones at every frame. */

let ruler: CanvasRenderingContext2D | null = null;
const known = new Map<string, number>();
/** Some hundred titles with their cuts. */
const MOST = 20_000;

export function textWidth(font: string, text: string): number {
  const key = `${font}|${text}`;
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  ruler ??= document.createElement("canvas").getContext("2d");
  if (ruler === null) return text.length * 6;
  if (ruler.font !== font) ruler.font = font;
  const { width } = ruler.measureText(text);
  if (known.size >= MOST) known.clear();
  known.set(key, width);
  return width;
}
