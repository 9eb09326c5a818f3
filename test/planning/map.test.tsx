import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BarChart, ColumnChart, LineChart } from '../../src/web/chart.tsx';
import { AreaMap, classOf, type MapArea, type MapScale } from '../../src/web/map.tsx';

const comuni = readFileSync('src/reference/data/comuni.tsv', 'utf8')
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'))
  .filter((fields) => fields[5] === 'Sicilia')
  .map((fields) => ({
    name: fields[2]!,
    province: fields[3]!,
    point: { latitude: Number(fields[7]), longitude: Number(fields[8]) },
  }));

/** Every seventh comune is a seat; the others belong to the seat before them. */
const areas: MapArea[] = [];
comuni.forEach(({ name, point }, i) => {
  if (i % 7 === 0)
    areas.push({
      key: name,
      name,
      href: `/pianificazione/uffici/${i}`,
      seat: point,
      points: [point],
      value: i / 10,
      label: `${i / 10} giorni`,
    });
  else {
    const last = areas.at(-1)!;
    areas[areas.length - 1] = { ...last, points: [...last.points, point] };
  }
});

const scale: MapScale = {
  kind: 'low-high',
  limits: [7, 15, 30, 60],
  labels: ['a', 'b', 'c', 'd', 'e'],
  unknown: 'non noto',
};

const map = (list: readonly MapArea[]) =>
  (
    <AreaMap
      id="m"
      title="Attesa"
      description="Attesa per bacino"
      legend="Giorni"
      areas={list}
      scale={scale}
      outside="Fuori"
    />
  ).toString();

describe('the map of the bacini', () => {
  test('all of Sicily weighs less than 120 KB', () => {
    const markup = map(areas);
    expect(areas.length).toBeGreaterThan(50);
    expect(markup.length).toBeLessThan(120_000);
  });

  test('every area says its name and value, and links to its page', () => {
    const markup = map(areas);
    expect(markup.includes(`<title>${areas[3]!.name}: 2.1 giorni</title>`)).toBe(true);
    expect(markup.match(/<a href=/g)!.length).toBeGreaterThan(50);
  });

  test('remote islands are named in words instead of shrinking the rest', () => {
    const [first, ...rest] = areas;
    const lampedusa = comuni.find(({ name }) => name.startsWith('Lampedusa'))!;
    const island = {
      ...first!,
      name: 'Lampedusa',
      seat: lampedusa.point,
      points: [lampedusa.point],
    };
    expect(/Fuori: .*Lampedusa/.test(map([...rest, island]))).toBe(true);
  });

  test('uses nothing a strict content security policy forbids', () => {
    const markup = map(areas);
    expect(/ style=|<style|<script| on\w+=/.test(markup)).toBe(false);
  });

  test('a limit belongs to the class below it, and the unknown to none', () => {
    expect([0, 7, 7.1, 60, 61, null].map((value) => classOf(value, scale))).toEqual([
      0,
      0,
      1,
      3,
      4,
      null,
    ]);
  });

  test('one office alone, or none at all, is still a map', () => {
    expect(map(areas.slice(0, 1)).includes('</svg>')).toBe(true);
    expect(/NaN|Infinity/.test(map(areas.slice(0, 1)))).toBe(false);
    expect(map([])).toBe('');
  });
});

describe('charts', () => {
  test('say in words what they show, and hold no number that is not one', () => {
    const charts = [
      <BarChart id="b" title="T" description="D" bars={[]} />,
      <BarChart
        id="b"
        title="T"
        description="D"
        bars={[
          { label: 'a', value: -2, text: '−2' },
          { label: 'b', value: 3, text: '3' },
        ]}
      />,
      <ColumnChart id="c" title="T" description="D" columns={[]} />,
      <ColumnChart
        id="c"
        title="T"
        description="D"
        columns={[{ label: 'gen', value: 0, text: '0' }]}
        level={{ value: 0, text: 'organico' }}
      />,
      <LineChart
        id="l"
        title="T"
        description="D"
        series={[{ name: 's', values: [1, Number.POSITIVE_INFINITY] }]}
        ticks={[]}
        unit="giorni"
      />,
    ];
    for (const chart of charts) {
      const markup = chart.toString();
      expect(markup).toContain('<title id=');
      expect(markup).not.toMatch(/NaN|Infinity| style=/);
    }
  });
});
