import { type FieldNode, getArgumentValues, Kind, visit } from 'graphql';
import type { Args, Definition } from './field.ts';
import type { Run } from './run.ts';

const nothing: Args = Object.freeze({});

/**
 * The arguments of a field in a run: coerced once for an operation where they don't depend on variables, and else once for a run, for all the objects that have the
 * field. GraphQL specification, section 6.4.1 Coercing Field Arguments. What is returned throws a GraphQLError where a variable isn't what an argument needs, and again each
 * time, for each is an error.
 */
export function argumentsOf(definition: Definition, [node]: readonly FieldNode[]): (run: Run) => Args {
  if (node === undefined || definition.args.length === 0) return () => nothing;
  const dependsOnVariables = hasVariable(node);
  let constant: Args | undefined;
  // Objects of several types may have the field by one node, each with defaults of its own: arguments are those of this field.
  const argsOf = (run: Run): Args => {
    const known = constant ?? run.args.get(argsOf);
    if (known !== undefined) return known;
    const args: Args = getArgumentValues(definition, node, run.variables);
    if (dependsOnVariables) run.args.set(argsOf, args);
    else constant = args;
    return args;
  };
  return argsOf;
}

function hasVariable({ arguments: given = [] }: FieldNode): boolean {
  let found = false;
  for (const each of given)
    visit(each, {
      [Kind.VARIABLE]() {
        found = true;
      },
    });
  return found;
}
