import type { Point } from '../reference/distance.ts';
import { landGeometry } from './map-geometry.ts';

/** A place of a list, as a mark with its number in it. */
export interface MapPlace {
  /** As in the list beside the map. */
  readonly number: number;
  readonly name: string;
  /** What is said of it besides its name. */
  readonly label: string;
  /** Printed under the mark where there is room. */
  readonly short: string;
  readonly href: string;
  readonly point: Point;
  /** Told from the others by shape, colour and words. */
  readonly own: boolean;
}

const WIDTH = 560;
const RADIUS = 15;
/** Room that a printed label takes, to leave out those that would cover another. */
const LABEL = { width: 66, height: 18 };

/**
 * Where the places of a list are, drawn on the server. The list is the map in words: it has the same
 * numbers, and comes first for keyboard and screen reader.
 */
export function PlaceMap(props: {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly places: readonly MapPlace[];
  /** Where the list is searched around, and what it is called. */
  readonly centre: { readonly point: Point; readonly label: string } | undefined;
  /** What the mark of the own place means; undefined when there is none. */
  readonly ownLegend: string | undefined;
  readonly legend: string;
}) {
  const { id, places, centre } = props;
  if (places.length === 0) return null;
  const points = places.map(({ point }) => point);
  const { width, height, landPath, place } = landGeometry(
    centre ? [...points, centre.point] : points,
    WIDTH,
  );
  const spots = apart(places.map(({ point }) => place(point)));
  const marks = places.map((one, index) => ({ ...one, at: spots[index]! }));
  const labelled = withRoom(marks, height);
  return (
    <figure class="place-map">
      {/* biome-ignore lint/a11y/useSemanticElements: no fieldset can be drawn into */}
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        class="img-fluid h-auto w-100"
        role="group"
        aria-labelledby={`${id}-title ${id}-description`}
      >
        <title id={`${id}-title`}>{props.title}</title>
        <desc id={`${id}-description`}>{props.description}</desc>
        <rect width={width} height={height} fill="#dbe8f4" />
        <path d={landPath} fill="#fbfaf6" stroke="#5c6f82" stroke-width="1" />
        {centre && <Centre at={place(centre.point)} label={centre.label} />}
        {/* The first of the list is drawn last, on top. */}
        {[...marks].reverse().map((mark) => (
          <Mark mark={mark} labelled={labelled.has(mark.number)} />
        ))}
      </svg>
      <figcaption class="small">
        {props.ownLegend !== undefined && (
          <span class="place-key">
            <svg width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true">
              <Shape own radius={8} />
            </svg>{' '}
            {props.ownLegend}
          </span>
        )}{' '}
        {props.legend}
      </figcaption>
    </figure>
  );
}

function Shape({ own, radius: r }: { own: boolean; radius: number }) {
  return own ? (
    <rect x={-r} y={-r} width={2 * r} height={2 * r} rx="3" fill="#17324d" stroke="#fff" />
  ) : (
    <circle r={r} fill="#06c" stroke="#fff" />
  );
}

function Mark(props: { mark: MapPlace & { at: readonly [number, number] }; labelled: boolean }) {
  const { number, name, label, short, href, own, at } = props.mark;
  const [x, y] = at.map((value) => value.toFixed(1));
  return (
    <a href={href} aria-label={`${number}. ${name}: ${label}`} class="place-mark">
      <g transform={`translate(${x} ${y})`}>
        <title>{`${name}: ${label}`}</title>
        <Shape own={own} radius={RADIUS} />
        <text text-anchor="middle" y="5" class="place-number">
          {number}
        </text>
        {props.labelled && (
          <text text-anchor="middle" y={RADIUS + 15} class="place-label">
            {short}
          </text>
        )}
      </g>
    </a>
  );
}

function Centre({ at: [x, y], label }: { at: readonly [number, number]; label: string }) {
  return (
    <g transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
      <title>{label}</title>
      <path d="M-9 0H9M0 -9V9" stroke="#b8274c" stroke-width="3" fill="none" />
    </g>
  );
}

type Spot = readonly [x: number, y: number];

/** Marks that would cover one another are moved a little apart, sideways. */
function apart(spots: readonly Spot[]): Spot[] {
  const placed: Spot[] = [];
  for (const [x, y] of spots) {
    let at: Spot = [x, y];
    for (let step = 1; step < 12 && placed.some((other) => near(other, at)); step++) {
      const side = step % 2 === 0 ? -1 : 1;
      at = [x + side * Math.ceil(step / 2) * RADIUS, y];
    }
    placed.push(at);
  }
  return placed;
}

const near = ([ax, ay]: Spot, [bx, by]: Spot) => Math.hypot(ax - bx, ay - by) < 1.6 * RADIUS;

/** The numbers of the marks whose label covers no mark and no other label. */
function withRoom(
  marks: readonly { readonly number: number; readonly at: Spot }[],
  height: number,
): Set<number> {
  const taken: Spot[] = [];
  const free = new Set<number>();
  for (const { number, at } of marks) {
    const [x, y] = [at[0], at[1] + RADIUS + 10];
    const covers =
      y > height - 6 ||
      x < LABEL.width / 2 ||
      x > WIDTH - LABEL.width / 2 ||
      taken.some(([tx, ty]) => Math.abs(tx - x) < LABEL.width && Math.abs(ty - y) < LABEL.height) ||
      marks.some(
        ({ at: [mx, my] }) =>
          Math.abs(mx - x) < LABEL.width / 2 + RADIUS &&
          Math.abs(my - y) < LABEL.height / 2 + RADIUS - 1 &&
          (mx !== at[0] || my !== at[1]),
      );
    if (covers) continue;
    taken.push([x, y]);
    free.add(number);
  }
  return free;
}
