/**
 * The shapes of a choropleth map: areas as the union of the Voronoi cells of their points (whoever
 * lives nearest to a comune's seat is drawn with it), and the coast that clips them. All in pixels of
 * one frame, as SVG path data with a decimal.
 */
import { Delaunay } from 'd3-delaunay';
import { geoMercator, geoPath } from 'd3-geo';
import { italyOutline, type Ring } from '../reference/coastline.ts';
import { distanceKm, type Point } from '../reference/distance.ts';

export interface AreaPoints {
  readonly points: readonly Point[];
}

export interface MapGeometry {
  readonly width: number;
  readonly height: number;
  /** One path for each area given; empty when the area has no points. */
  readonly areaPaths: readonly string[];
  /** Outline of the land the areas are on. */
  readonly coastPath: string;
  /** Outline of other land in the frame: another region across a strait. */
  readonly otherLandPath: string;
  /** Where a point lies in the frame. */
  readonly place: (point: Point) => readonly [x: number, y: number];
  /** Points too far from every other to be framed (remote islands). */
  readonly isOutside: (point: Point) => boolean;
}

/** A point farther than this from its nearest neighbour would shrink all the others. */
const REMOTE_KM = 75;
/** Around the outermost points, so that their coast is in the picture. */
const PAD_DEGREES = 0.14;

let drawn: { key: string; geometry: MapGeometry } | undefined;

/**
 * The last map is kept: offices and their comuni hardly ever change between two readers.
 * @param areas with at least one point among them
 */
export function mapGeometry(areas: readonly AreaPoints[], width: number): MapGeometry {
  const key = `${width} ${areas
    .map(({ points }) => points.map((p) => `${p.latitude},${p.longitude}`).join(' '))
    .join('|')}`;
  if (drawn?.key !== key) drawn = { key, geometry: computeGeometry(areas, width) };
  return drawn.geometry;
}

function computeGeometry(areas: readonly AreaPoints[], width: number): MapGeometry {
  const owners: number[] = [];
  const points = areas.flatMap((area, index) =>
    area.points.map((point) => {
      owners.push(index);
      return point;
    }),
  );
  const framed = withoutRemote(points);
  const { projection, height } = frame(framed, width);
  const draw = (rings: readonly Ring[]) =>
    geoPath(projection).digits(1)({
      type: 'MultiPolygon',
      coordinates: rings.map((ring) => [ring.map(([x, y]) => [x, y])]),
    }) ?? '';
  const [land, elsewhere] = partition(italyOutline(), (ring) => isOwnLand(ring, points));
  const place = (point: Point) => projection([point.longitude, point.latitude])!;
  return {
    width,
    height,
    areaPaths: unionOfCells(
      points.map((point) => [...place(point)]),
      owners,
      areas.length,
      [-width, -height, 2 * width, 2 * height],
    ),
    coastPath: draw(land),
    otherLandPath: draw(elsewhere),
    place,
    isOutside: (point) => {
      const [x, y] = place(point);
      return x < 0 || y < 0 || x > width || y > height;
    },
  };
}

/** Land around some points, to put marks on. */
export interface LandGeometry {
  readonly width: number;
  readonly height: number;
  readonly landPath: string;
  readonly place: (point: Point) => readonly [x: number, y: number];
}

/** Height of a picture of places, as a part of its width: neither a ribbon nor a tower. */
const FLATTEST = 0.6;
const TALLEST = 1.05;

/** The land around `points`, of which there is at least one, in a frame about as wide as high. */
export function landGeometry(points: readonly Point[], width: number): LandGeometry {
  const flat = geoMercator().scale(1).translate([0, 0]);
  const placed = points.map((point) => flat([point.longitude, point.latitude])!);
  const [xs, ys] = [placed.map(([x]) => x), placed.map(([, y]) => y)];
  const pad = (PAD_DEGREES * Math.PI) / 180 / 2;
  const middle = (list: number[]) => (Math.min(...list) + Math.max(...list)) / 2;
  const extent = (list: number[]) => (Math.max(...list) - Math.min(...list)) * 1.15 + 2 * pad;
  const across = Math.max(extent(xs), extent(ys) / TALLEST);
  const down = Math.max(extent(ys), across * FLATTEST);
  const scale = width / across;
  const height = Math.ceil(down * scale);
  const projection = geoMercator()
    .scale(scale)
    .translate([width / 2 - middle(xs) * scale, height / 2 - middle(ys) * scale])
    .clipExtent([
      [0, 0],
      [width, height],
    ]);
  const place = (point: Point) => projection([point.longitude, point.latitude])!;
  const [west, north] = projection.invert!([0, 0])!;
  const [east, south] = projection.invert!([width, height])!;
  const seen = italyOutline().filter(
    (ring) =>
      ring.some(([x]) => x >= west) &&
      ring.some(([x]) => x <= east) &&
      ring.some(([, y]) => y >= south) &&
      ring.some(([, y]) => y <= north),
  );
  const landPath =
    geoPath(projection).digits(0)({
      type: 'MultiPolygon',
      coordinates: seen.map((ring) => [ring.map(([x, y]) => [x, y])]),
    }) ?? '';
  return { width, height, landPath, place };
}

function withoutRemote(points: readonly Point[]): readonly Point[] {
  const near = points.filter((point) =>
    points.some((other) => other !== point && distanceKm(point, other) <= REMOTE_KM),
  );
  return near.length > 0 ? near : points;
}

/** A Mercator projection with the box around the points, a little padded, as wide as the frame. */
function frame(points: readonly Point[], width: number) {
  const longitudes = points.map((point) => point.longitude);
  const latitudes = points.map((point) => point.latitude);
  const projection = geoMercator().scale(1).translate([0, 0]);
  const [left, top] = projection([
    Math.min(...longitudes) - PAD_DEGREES,
    Math.max(...latitudes) + PAD_DEGREES,
  ])!;
  const [right, bottom] = projection([
    Math.max(...longitudes) + PAD_DEGREES,
    Math.min(...latitudes) - PAD_DEGREES,
  ])!;
  const scale = width / (right - left);
  const height = Math.ceil((bottom - top) * scale);
  projection
    .scale(scale)
    .translate([-left * scale, -top * scale])
    .clipExtent([
      [0, 0],
      [width, height],
    ]);
  return { projection, height };
}

function partition<T>(list: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [list.filter(test), list.filter((item) => !test(item))];
}

/** An island without a seat of its own belongs to a comune on another; a mainland never does. */
const LARGEST_ISLET_POINTS = 100;

function isOwnLand(ring: Ring, points: readonly Point[]): boolean {
  return ring.length < LARGEST_ISLET_POINTS || points.some((point) => isInside(ring, point));
}

/** Even-odd rule, on the plane. */
function isInside(ring: Ring, { longitude, latitude }: Point): boolean {
  let inside = false;
  ring.forEach(([x, y], i) => {
    const [x0, y0] = ring.at(i - 1)!;
    if (y > latitude === y0 > latitude) return;
    if (longitude < ((x0 - x) * (latitude - y)) / (y0 - y) + x) inside = !inside;
  });
  return inside;
}

const text = (n: number) => String(Math.round(n * 10) / 10);

/**
 * Joins the Voronoi cells of each owner into its outline. Of two neighbouring cells of one owner the
 * shared edge runs both ways and cancels out; the edges left are chained into rings.
 */
function unionOfCells(
  points: readonly Delaunay.Point[],
  owners: readonly number[],
  count: number,
  bounds: [number, number, number, number],
): string[] {
  const voronoi = Delaunay.from(points).voronoi(bounds);
  const edges: Map<string, Set<string>>[] = Array.from({ length: count }, () => new Map());
  points.forEach((_, cell) => {
    const own = edges[owners[cell]!]!;
    const corners = (voronoi.cellPolygon(cell) ?? []).map(([x, y]) => `${text(x)} ${text(y)}`);
    for (let i = 1; i < corners.length; i++) addEdge(own, corners[i - 1]!, corners[i]!);
  });
  return edges.map(chain);
}

function addEdge(edges: Map<string, Set<string>>, from: string, to: string): void {
  if (from === to) return;
  if (edges.get(to)?.delete(from)) return;
  const ends = edges.get(from);
  if (ends) ends.add(to);
  else edges.set(from, new Set([to]));
}

function chain(edges: Map<string, Set<string>>): string {
  let path = '';
  for (const [first, ends] of edges) {
    while (ends.size > 0) {
      const ring = [first];
      for (let next = take(ends); next !== undefined && next !== first; ) {
        ring.push(next);
        const onward = edges.get(next);
        next = onward && take(onward);
      }
      path += `M${ring.join('L')}Z`;
    }
  }
  return path;
}

function take(ends: Set<string>): string | undefined {
  const [end] = ends;
  if (end !== undefined) ends.delete(end);
  return end;
}
