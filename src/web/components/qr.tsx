import { encode } from 'uqr';

/** A QR code as one path. What it says must stand beside it in letters: to readers it is decoration. */
export function Qr({ text }: { text: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <svg class="sheet-qr" viewBox={`0 0 ${size} ${size}`} aria-hidden="true" focusable="false">
      <path d={path} fill="#000" />
    </svg>
  );
}
