import type { Point } from '../reference/distance.ts';
import { mapGeometry } from './map-geometry.ts';

export interface MapArea {
  readonly key: string;
  readonly name: string;
  /** Page about the area; the mark at `seat` links to it. */
  readonly href?: string;
  readonly seat: Point;
  /** Seats of the comuni it is made of. */
  readonly points: readonly Point[];
  /** Null: nothing known, drawn as such. */
  readonly value: number | null;
  /** The value as people read it, with its unit. */
  readonly label: string;
}

export interface MapScale {
  /** `low-high`: more is darker. `diverging`: two hues around the middle class. */
  readonly kind: 'low-high' | 'diverging';
  /** Ascending; four of them make the five classes. A value on a limit belongs to the class below. */
  readonly limits: readonly [number, number, number, number];
  /** What each class means, lowest first. */
  readonly labels: readonly [string, string, string, string, string];
  /** Said of areas without a value. */
  readonly unknown: string;
}

/**
 * Five steps that stay apart in every common form of colour blindness and in grey: ColorBrewer's
 * YlGnBu, and PuOr for what has two sides (Cynthia Brewer, Apache 2.0).
 */
const FILLS = {
  'low-high': ['#ffffcc', '#a1dab4', '#41b6c4', '#2c7fb8', '#253494'],
  diverging: ['#b35806', '#f1a340', '#f7f7f7', '#998ec3', '#542788'],
} as const;
const UNKNOWN = '#ffffff';

/** Classes that also carry hatching, so that the extremes are told without any colour. */
const HATCHED: Record<MapScale['kind'], readonly number[]> = {
  'low-high': [4],
  diverging: [0, 4],
};

const WIDTH = 760;

export function classOf(value: number | null, scale: MapScale): number | null {
  if (value === null) return null;
  const at = scale.limits.findIndex((limit) => value <= limit);
  return at < 0 ? 4 : at;
}

/**
 * A map of areas coloured by a measure, drawn on the server: every area and every mark says its name
 * and value, and the legend says what the colours mean. The page puts a table with the same numbers
 * beside it.
 */
export function AreaMap(props: {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly legend: string;
  readonly areas: readonly MapArea[];
  readonly scale: MapScale;
  /** How a list of what the frame leaves out begins: "Fuori dalla cartina". */
  readonly outside: string;
}) {
  const { id, areas, scale } = props;
  if (areas.every(({ points }) => points.length === 0)) return null;
  const geometry = mapGeometry(areas, WIDTH);
  const { width, height, coastPath, areaPaths } = geometry;
  const fill = (area: MapArea) => {
    const step = classOf(area.value, scale);
    return step === null ? UNKNOWN : FILLS[scale.kind][step]!;
  };
  const hatched = areas
    .map((area, i) => ({ step: classOf(area.value, scale), path: areaPaths[i]! }))
    .filter(({ step }) => step !== null && HATCHED[scale.kind].includes(step));
  const outside = areas.filter((area) => geometry.isOutside(area.seat));
  return (
    <figure class="area-map">
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
        <defs>
          <path id={`${id}-coast`} d={coastPath} />
          <clipPath id={`${id}-land`}>
            <use href={`#${id}-coast`} />
          </clipPath>
          <Hatching id={`${id}-hatching`} />
        </defs>
        <path d={geometry.otherLandPath} fill="#e8e8e8" stroke="#a5adb5" stroke-width="1" />
        <g clip-path={`url(#${id}-land)`}>
          <g stroke="#435a70" stroke-width="0.8" stroke-linejoin="round">
            {areas.map((area, i) => (
              <path d={areaPaths[i]} fill={fill(area)}>
                <title>{`${area.name}: ${area.label}`}</title>
              </path>
            ))}
          </g>
          <path
            d={hatched.map(({ path }) => path).join('')}
            fill={`url(#${id}-hatching)`}
            pointer-events="none"
          />
        </g>
        <use
          href={`#${id}-coast`}
          fill="none"
          stroke="#17324d"
          stroke-width="1"
          pointer-events="none"
        />
        <g fill="#17324d" stroke="#ffffff" stroke-width="1.5">
          {areas
            .filter((area) => !geometry.isOutside(area.seat))
            .map((area) => (
              <Mark area={area} at={geometry.place(area.seat)} />
            ))}
        </g>
      </svg>
      <figcaption>
        <Legend id={id} title={props.legend} scale={scale} />
        {outside.length > 0 && (
          <p class="small mb-0">
            {props.outside}: {outside.map((area) => `${area.name} (${area.label})`).join(', ')}.
          </p>
        )}
      </figcaption>
    </figure>
  );
}

function Mark({ area, at: [x, y] }: { area: MapArea; at: readonly [number, number] }) {
  const label = `${area.name}: ${area.label}`;
  const circle = (
    <circle cx={x.toFixed(1)} cy={y.toFixed(1)} r="5">
      <title>{label}</title>
    </circle>
  );
  if (area.href === undefined) return circle;
  return (
    <a href={area.href} aria-label={label}>
      {/* What a finger can hit is larger than what the eye sees. */}
      <circle
        cx={x.toFixed(1)}
        cy={y.toFixed(1)}
        r="12"
        fill="#ffffff"
        fill-opacity="0"
        stroke="none"
      />
      {circle}
    </a>
  );
}

function Hatching({ id }: { id: string }) {
  return (
    <pattern
      id={id}
      width="6"
      height="6"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <line x1="0" y1="0" x2="0" y2="6" stroke="#ffffff" stroke-width="1.6" />
    </pattern>
  );
}

function Legend({ id, title, scale }: { id: string; title: string; scale: MapScale }) {
  const rows = [
    ...scale.labels.map((label, step) => ({
      label,
      fill: FILLS[scale.kind][step]!,
      hatched: HATCHED[scale.kind].includes(step),
    })),
    { label: scale.unknown, fill: UNKNOWN, hatched: false },
  ];
  return (
    <>
      <p class="fw-semibold mb-1">{title}</p>
      <ul class="list-inline small mb-2">
        {rows.map((row) => (
          <li class="list-inline-item">
            <svg width="22" height="14" aria-hidden="true" class="me-1 align-middle">
              <rect
                x="0.5"
                y="0.5"
                width="21"
                height="13"
                fill={row.fill}
                stroke="#435a70"
                stroke-width="1"
              />
              {row.hatched && (
                <rect x="1" y="1" width="20" height="12" fill={`url(#${id}-hatching)`} />
              )}
            </svg>
            {row.label}
          </li>
        ))}
      </ul>
    </>
  );
}
