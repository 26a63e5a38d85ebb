import {
  AliasNode,
  AndNode,
  BinaryOperationNode,
  ColumnNode,
  ColumnUpdateNode,
  type DeleteQueryNode,
  IdentifierNode,
  type InsertQueryNode,
  type JoinNode,
  type KyselyPlugin,
  OnNode,
  type OperationNode,
  OperationNodeTransformer,
  OperatorNode,
  ParensNode,
  PrimitiveValueListNode,
  type QueryId,
  ReferenceNode,
  type SelectQueryNode,
  TableNode,
  type UnknownRow,
  type UpdateQueryNode,
  ValueListNode,
  ValueNode,
  ValuesNode,
  WhereNode,
} from 'kysely';

/** Tables without a tenant. Everything else a query names gets `jobcenter_id = $tenant`, so forgetting it is impossible. */
const shared = new Set(['jobcenter']);

/**
 * Adds the tenant to every table of a query: FROM, JOIN, subqueries, INSERT, UPDATE, DELETE. Row-level security would hide
 * other tenants' rows as well; the visible condition is what lets a distributed database route the query to one shard.
 */
export function tenantPlugin(jobcenterId: string): KyselyPlugin {
  const transformer = new TenantTransformer(jobcenterId);
  return {
    transformQuery: ({ node, queryId }) => transformer.transformNode(node, queryId),
    transformResult: ({ result }) => Promise.resolve(result as { rows: UnknownRow[] } as typeof result),
  };
}

class TenantTransformer extends OperationNodeTransformer {
  readonly #tenant: string;
  constructor(tenant: string) {
    super();
    this.#tenant = tenant;
  }

  protected override transformSelectQuery(node: SelectQueryNode, queryId?: QueryId): SelectQueryNode {
    const select = super.transformSelectQuery(node, queryId);
    return this.#narrow(select, select.from?.froms ?? []);
  }

  protected override transformUpdateQuery(node: UpdateQueryNode, queryId?: QueryId): UpdateQueryNode {
    const update = super.transformUpdateQuery(node, queryId);
    const changesTenant = update.updates?.some(
      (u) => ColumnUpdateNode.is(u) && ColumnNode.is(u.column) && u.column.column.name === 'jobcenter_id',
    );
    if (changesTenant) throw new Error('The tenant of a row never changes.');
    return this.#narrow(update, [...(update.table ? [update.table] : []), ...(update.from?.froms ?? [])]);
  }

  protected override transformDeleteQuery(node: DeleteQueryNode, queryId?: QueryId): DeleteQueryNode {
    const remove = super.transformDeleteQuery(node, queryId);
    return this.#narrow(remove, [...remove.from.froms, ...(remove.using?.tables ?? [])]);
  }

  protected override transformJoin(node: JoinNode, queryId?: QueryId): JoinNode {
    const join = super.transformJoin(node, queryId);
    const name = tenantName(join.table);
    if (name === undefined) return join;
    const condition = this.#condition(name);
    return {
      ...join,
      on: join.on ? OnNode.create(AndNode.create(ParensNode.create(join.on.on), condition)) : OnNode.create(condition),
    };
  }

  protected override transformInsertQuery(node: InsertQueryNode, queryId?: QueryId): InsertQueryNode {
    const insert = super.transformInsertQuery(node, queryId);
    if (!insert.into || tenantName(insert.into) === undefined) return insert;
    if (!insert.values || !ValuesNode.is(insert.values))
      throw new Error('Insert rows by values: INSERT … SELECT is not routed.');
    if (insert.columns?.some((c) => c.column.name === 'jobcenter_id'))
      throw new Error('The tenant is added by the transaction.');
    const values = insert.values.values.map((row) =>
      PrimitiveValueListNode.is(row)
        ? PrimitiveValueListNode.create([...row.values, this.#tenant])
        : ValueListNode.create([...row.values, ValueNode.create(this.#tenant)]),
    );
    return {
      ...insert,
      columns: [...(insert.columns ?? []), ColumnNode.create('jobcenter_id')],
      values: ValuesNode.create(values),
    };
  }

  #narrow<N extends { readonly where?: WhereNode }>(node: N, tables: readonly OperationNode[]): N {
    let where = node.where;
    for (const name of tables.map(tenantName)) {
      if (name === undefined) continue;
      const condition = this.#condition(name);
      where = where
        ? WhereNode.create(AndNode.create(ParensNode.create(where.where), condition))
        : WhereNode.create(condition);
    }
    return where ? { ...node, where } : node;
  }

  #condition(name: string): OperationNode {
    const column = ReferenceNode.create(ColumnNode.create('jobcenter_id'), TableNode.create(name));
    return BinaryOperationNode.create(column, OperatorNode.create('='), ValueNode.create(this.#tenant));
  }
}

/** The name a table goes by in the query, or undefined for shared tables, subqueries and common table expressions (`cte_…`). */
function tenantName(node: OperationNode): string | undefined {
  if (AliasNode.is(node)) {
    if (!TableNode.is(node.node) || !isTenantTable(node.node)) return undefined;
    return IdentifierNode.is(node.alias) ? node.alias.name : undefined;
  }
  if (!TableNode.is(node) || !isTenantTable(node)) return undefined;
  return node.table.identifier.name;
}

function isTenantTable(node: TableNode): boolean {
  const name = node.table.identifier.name;
  return !shared.has(name) && !name.startsWith('cte_');
}
