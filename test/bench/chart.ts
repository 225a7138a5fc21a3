import { figuresOf, ratioOf, titleOf } from './goals.ts';
import type { State } from './operations.ts';
import type { Figures, Results } from './results.ts';
import { type ContenderName, contenderNames } from './results.ts';
import { digits, titles } from './table.ts';

const width = 880;
const left = 220;
const barsWidth = 380;
const rowHeight = 26;
const groupHeight = contenderNames.length * rowHeight + 52;
const colours = {
  ground: '#ffffff',
  frame: '#d0d7de',
  ink: '#1f2328',
  soft: '#59636e',
  ours: '#0969da',
  floor: '#8c959f',
  peer: '#c9a227',
};

/** The processor time and the upstream calls of a page of 100, cold and held, as a drawing with a ground of its own: the same in whatever colours the page around it has. */
export function chartOf(results: Results): string {
  const states: readonly State[] = ['cold', 'held'];
  const { date, node, processor, cores } = results.machine;
  const longest = Math.max(
    ...states.flatMap((state) => Object.values(figuresOf(results, 'page100', state)).map(({ cpuMs }) => cpuMs)),
  );
  const height = 64 + states.length * groupHeight + 26;
  const title = `CPU of ${titleOf('page100')}`;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="13">`,
    `<title>${title}</title>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${colours.ground}" stroke="${colours.frame}"/>`,
    textAt(24, 34, title, { size: 17, weight: 600 }),
    textAt(24, 54, 'milliseconds of processor time a request, and upstream calls; less is better', {
      fill: colours.soft,
    }),
    ...states.flatMap((state, place) =>
      group(state, figuresOf(results, 'page100', state), 64 + place * groupHeight, longest),
    ),
    textAt(24, height - 16, `${date}, Node ${node}, ${processor}, ${cores} cores, all in one run`, {
      fill: colours.soft,
      size: 11,
    }),
    '</svg>',
  ].join('\n')}\n`;
}

const headings: Readonly<Record<State, string>> = {
  cold: 'cold: each request asks a window that nobody asked before',
  held: 'held: the same window again',
};

function group(
  state: State,
  figures: Readonly<Partial<Record<ContenderName, Figures>>>,
  top: number,
  longest: number,
): readonly string[] {
  const rows = contenderNames.flatMap((name, place) => bar(name, figures, top + 40 + place * rowHeight, longest));
  return [textAt(24, top + 28, headings[state], { weight: 600 }), ...rows];
}

function bar(
  name: ContenderName,
  figures: Readonly<Partial<Record<ContenderName, Figures>>>,
  top: number,
  longest: number,
): readonly string[] {
  const its = figures[name];
  const isOurs = name === 'ours';
  const label = textAt(left - 12, top + 17, titles[name], { anchor: 'end', weight: isOurs ? 600 : 400 });
  if (its === undefined) return [label, textAt(left + 6, top + 17, '–', {})];
  const length = Math.max(2, Math.round((its.cpuMs / longest) * barsWidth));
  const fill = isOurs ? colours.ours : name === 'floor' ? colours.floor : colours.peer;
  const calls = `${digits(its.callsPerRequest)} ${its.callsPerRequest === 1 ? 'call' : 'calls'}`;
  const ratio = ratioOf(its.cpuMs, figures.floor?.cpuMs);
  const words = [
    `${digits(its.cpuMs)} ms`,
    ...(ratio === null || name === 'floor' ? [] : [`${digits(ratio)} × the floor`]),
    calls,
  ];
  return [
    label,
    `<rect x="${left}" y="${top + 4}" width="${length}" height="${rowHeight - 8}" rx="2" fill="${fill}"/>`,
    textAt(left + length + 8, top + 17, words.join(' · '), { weight: isOurs ? 600 : 400 }),
  ];
}

type Manner = { readonly size?: number; readonly weight?: number; readonly fill?: string; readonly anchor?: 'end' };

function textAt(
  x: number,
  y: number,
  text: string,
  { size = 13, weight = 400, fill = colours.ink, anchor }: Manner,
): string {
  const place = anchor === undefined ? '' : ` text-anchor="${anchor}"`;
  return `<text x="${x}" y="${y}" fill="${fill}" font-size="${size}" font-weight="${weight}"${place}>${escaped(text)}</text>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
