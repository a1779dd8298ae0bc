import { useQuery } from "@tanstack/react-query";
import * as session from "~/session";

/** The picture of a member as an address to show; "" for who has none. Fetched, as an <img> cannot
 *  say who asks. */
export const usePicture = (member: string | undefined, version?: number) =>
  useQuery({
    queryKey: ["picture", member, version],
    queryFn: () => fetchPicture(member as string),
    enabled: Boolean(member),
    staleTime: 300_000,
  });

async function fetchPicture(member: string): Promise<string> {
  const response = await fetch(`/api/v1/members/${member}/picture`, { headers: await session.authorization() });
  return response.ok ? toDataAddress(await response.blob()) : "";
}

export function toDataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

const side = 256; // pixels: enough for every place where it is shown

/** The middle of a picture as base64, small enough for the server. */
export async function squareOf(file: Blob): Promise<string> {
  const bitmap = await createImageBitmap(file);
  const edge = Math.min(bitmap.width, bitmap.height);
  const canvas = new OffscreenCanvas(side, side);
  canvas.getContext("2d")?.drawImage(bitmap, (bitmap.width - edge) / 2, (bitmap.height - edge) / 2, edge, edge, 0, 0, side, side);
  const address = await toDataAddress(await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 }));
  return address.slice(address.indexOf(",") + 1);
}
