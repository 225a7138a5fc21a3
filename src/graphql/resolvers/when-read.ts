import { type Context, preparedOf } from '../context.ts';

/** Names are learned from what is read: when all of it is there, an agent has one name in the whole answer. */
export async function whenRead<Answer>(
  context: Context,
  answer: (prepared: ReturnType<typeof preparedOf>) => Answer,
): Promise<Awaited<Answer>> {
  const prepared = preparedOf(context);
  await prepared.reads.settled();
  return await answer(prepared);
}

/** The same for each item of a list, in its order. Each may fail by itself: then it alone is a rejected promise. */
export async function eachWhenRead<Item, Answer>(
  items: readonly Item[],
  context: Context,
  answer: (item: Item, context: Context) => Promise<Answer>,
): Promise<(Answer | Promise<never>)[]> {
  const answers = await whenRead(context, () => Promise.allSettled(items.map((item) => answer(item, context))));
  return answers.map((each) => (each.status === 'fulfilled' ? each.value : Promise.reject<never>(each.reason)));
}
