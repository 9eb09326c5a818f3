import { expect, it } from 'vitest';
import { sharing } from '../../src/platform/sharing.ts';

/** Questions that are answered when the test says so; each answer is its own number. */
function questions() {
  const open: { of: number; answer(): void; fail(): void }[] = [];
  let asked = 0;
  const ask = (of: number) => {
    asked += 1;
    const number = asked;
    return new Promise<number>((resolve, reject) => {
      open.push({ of, answer: () => resolve(number), fail: () => reject(new Error('failed')) });
    });
  };
  return { ask, open };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

it('who asks while an answer is under way shares the next one, never an older one', async () => {
  const share = sharing<number>();
  const { ask, open } = questions();
  const first = share('a', ask);
  const others = [share('a', ask), share('a', ask), share('a', ask)];
  const elsewhere = share('b', ask);
  await settle();
  expect(open.map(({ of }) => of)).toEqual([1, 1]);
  open[0]!.answer();
  open[1]!.answer();
  expect(await first).toEqual({ answer: 1, of: 1, place: 1 });
  expect((await elsewhere).answer).toBe(2);
  await settle();
  expect(open.map(({ of }) => of)).toEqual([1, 1, 3]);
  const late = share('a', ask);
  open[2]!.answer();
  expect(await Promise.all(others)).toEqual(
    [1, 2, 3].map((place) => ({ answer: 3, of: 3, place })),
  );
  await settle();
  open[3]!.answer();
  expect(await late).toEqual({ answer: 4, of: 1, place: 1 });
});

it('a failure is told to those who shared it, and the next are asked for again', async () => {
  const share = sharing<number>();
  const { ask, open } = questions();
  const first = share('a', ask);
  const second = share('a', ask);
  open[0]!.fail();
  await expect(first).rejects.toThrow('failed');
  await settle();
  open[1]!.answer();
  expect((await second).answer).toBe(2);
  const third = share('a', ask);
  await settle();
  open[2]!.answer();
  expect((await third).of).toBe(1);
});
