import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatScore } from '../format.ts';

export type TrendPoint = {
  readonly day: string;
  readonly averageScore: number | null;
  readonly scoredCount: number | null;
};

const margin = { top: 8, right: 16, bottom: 0, left: -16 };

/** Draws in colours of the page's style sheet. With the keyboard, Tab reaches the chart and the arrow keys go from day to day. */
export function TrendChart({ points }: { readonly points: readonly TrendPoint[] }) {
  return (
    <div className="chart">
      <ResponsiveContainer width="100%" height="100%">
        <LineChart data={[...points]} margin={margin} title="Average score by day" accessibilityLayer>
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis dataKey="day" stroke="var(--muted)" tickFormatter={(day: string) => day.slice(5)} minTickGap={24} />
          <YAxis stroke="var(--muted)" domain={[(least: number) => Math.min(0, Math.floor(least / 20) * 20), 100]} />
          <Tooltip
            formatter={(value) => [formatScore(typeof value === 'number' ? value : null), 'Average score']}
            contentStyle={{ background: 'var(--raised)', borderColor: 'var(--line)', color: 'var(--text)' }}
          />
          <Line
            dataKey="averageScore"
            stroke="var(--accent)"
            strokeWidth={2}
            dot={{ fill: 'var(--accent)', r: 3 }}
            connectNulls={false}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}
