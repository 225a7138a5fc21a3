import type { QueryResolvers } from './generated.ts';

export const Query: QueryResolvers = {
  conversations: async (_, _args, { asked }, { path }) => {
    const mine = asked.get(String(path.key));
    if (mine === undefined) throw new Error(`field ${path.key} was not foreseen`);
    if (mine.kind === 'refused') throw mine.failure;
    // Names are learned from what is read: when all of it is there, an agent has one name in the whole answer.
    const answers = [...asked.values()].flatMap((each) => (each.kind === 'asked' ? [each.answer] : []));
    await Promise.allSettled(answers);
    return { question: mine.question, answer: await mine.answer };
  },
};
