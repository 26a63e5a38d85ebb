import type pg from 'pg';

/** Which tables are looked at, which of them never leave the one server they are on (queues), and in which rows end with a case (`ends`). */
const scope = `
  with recursive tables as (
    select c.oid, format('%s.%s', n.nspname, c.relname) as name, c.relowner, c.relispartition, c.relrowsecurity, c.relforcerowsecurity,
           n.nspname = 'queue' as is_local, k.attnum as tenant_no, format_type(k.atttypid, k.atttypmod) as tenant_type, k.attnotnull as tenant_given
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      left join pg_attribute k on k.attrelid = c.oid and k.attname = 'jobcenter_id' and not k.attisdropped
     where c.relkind in ('r', 'p') and n.nspname in ('app', 'queue')
  ),
  tenant as (select * from tables where tenant_no is not null and not is_local),
  shared as (select * from tables where tenant_no is null and not is_local),
  foreign_keys as (
    select k.*, t.name, t.tenant_no, t.is_local, r.tenant_no as target_tenant_no, r.is_local as target_is_local
      from pg_constraint k join tables t on t.oid = k.conrelid join tables r on r.oid = k.confrelid
     where k.contype = 'f'
  ),
  ends as (
    select oid from tables where name in ('app.office_case', 'app.document', 'app.person', 'app.household', 'app.file')
    union select k.conrelid from ends join pg_constraint k on k.confrelid = ends.oid and k.contype = 'f'
  )`;

/** A rule in words, and the SQL that lists what breaks it (`place`). */
export type SchemaRule = { readonly rule: string; readonly broken: string };

/**
 * What keeps one schema fit for a single server, a cluster with a standby, and tables spread over several servers by
 * Jobcenter, without a second way through the code.
 */
export const schemaRules: readonly SchemaRule[] = [
  {
    rule: 'R01 a tenant table has a primary key, and the Jobcenter stands first in every key that must be unique',
    broken: `
      select name as place from tenant t where not exists (select 1 from pg_index i where i.indrelid = t.oid and i.indisprimary)
      union all
      select t.name || ' ' || i.indexrelid::regclass from tenant t join pg_index i on i.indrelid = t.oid
       where (i.indisunique or i.indisexclusion) and i.indkey[0] <> t.tenant_no`,
  },
  { rule: 'R02 no row is without its Jobcenter', broken: 'select name as place from tenant where not tenant_given' },
  {
    rule: 'R03 the Jobcenter is a uuid everywhere',
    broken: "select name as place from tenant where tenant_type <> 'uuid'",
  },
  {
    rule: 'R04 a reference from one tenant table to another carries the Jobcenter on both ends',
    broken: `
      select name || ' ' || conname as place from foreign_keys
       where tenant_no is not null and target_tenant_no is not null
         and not exists (select 1 from unnest(conkey, confkey) as pair(here, there) where here = tenant_no and there = target_tenant_no)`,
  },
  {
    rule: 'R05 shared and queue tables refer to no tenant table, tenant tables to no queue table',
    broken: `
      select name || ' ' || conname as place from foreign_keys
       where ((tenant_no is null or is_local) and target_tenant_no is not null) or (not is_local and target_is_local)`,
  },
  {
    rule: 'R06 no reference is emptied or reset when its target goes: that would touch the Jobcenter',
    broken: `
      select name || ' ' || conname as place from foreign_keys
       where tenant_no = any (conkey) and (confdeltype in ('n', 'd') or confupdtype in ('n', 'd'))`,
  },
  {
    rule: 'R07 no triggers: what follows from a change stands in the code that makes it',
    broken:
      "select t.name || ' ' || g.tgname as place from pg_trigger g join tables t on t.oid = g.tgrelid where not g.tgisinternal",
  },
  {
    rule: 'R08 no rewrite rules',
    broken: "select t.name || ' ' || w.rulename as place from pg_rewrite w join tables t on t.oid = w.ev_class",
  },
  {
    rule: 'R09 numbers the database gives out are bigint',
    broken: `
      select t.name || '.' || a.attname as place from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
        left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
       where a.atttypid in ('int2'::regtype, 'int4'::regtype)
         and (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) like 'nextval(%')`,
  },
  {
    rule: 'R10 a policy compares, it does not query',
    broken: `
      select t.name || ' ' || p.polname as place from pg_policy p join tables t on t.oid = p.polrelid
       where concat(p.polqual::text, p.polwithcheck::text) like '%SUBLINK%'`,
  },
  {
    rule: 'R11 one role owns all tables',
    broken:
      "select name || ' ' || relowner::regrole as place from tables where relowner <> (select relowner from pg_class where oid = 'app.jobcenter'::regclass)",
  },
  {
    rule: 'R12 no table inherits from another',
    broken: 'select t.name as place from pg_inherits i join tables t on t.oid = i.inhrelid where not t.relispartition',
  },
  {
    rule: 'R13 partitions are cut by Jobcenter or time only, and the key says so',
    broken: `
      select t.name as place from tables t join pg_partitioned_table p on p.partrelid = t.oid
       where t.tenant_no is not null and p.partattrs[0] <> t.tenant_no
         and not exists (select 1 from pg_attribute a where a.attrelid = t.oid and a.attnum = p.partattrs[0] and a.atttypid = 'timestamptz'::regtype)`,
  },
  {
    rule: 'R14 extensions with operator classes lie in public',
    broken: `
      select e.extname as place from pg_extension e join pg_namespace n on n.oid = e.extnamespace
       where n.nspname not in ('public', 'pg_catalog')
         and exists (select 1 from pg_depend d where d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid and d.classid = 'pg_opclass'::regclass)`,
  },
  {
    rule: 'R15 a shared table has a primary key, so that it can be copied everywhere',
    broken:
      'select name as place from shared s where not exists (select 1 from pg_index i where i.indrelid = s.oid and i.indisprimary)',
  },
  {
    rule: 'R16 row-level security is on and forced for every tenant table, with a policy for reading and for writing',
    broken: `
      select name as place from tenant t
       where not (relrowsecurity and relforcerowsecurity)
          or not exists (select 1 from pg_policy p where p.polrelid = t.oid and p.polcmd = '*' and p.polqual is not null and p.polwithcheck is not null)`,
  },
  {
    rule: 'R17 what refers to a case, to what lies in one, to its papers and its people is found by an index that leaves no row out: one case is deleted without reading whole tables',
    broken: `
      select name || ' ' || conname as place from foreign_keys k
       where confrelid in (select oid from ends) and tenant_no is not null
         and not exists (
           select 1 from pg_index i
            where i.indrelid = k.conrelid and i.indisvalid
              and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey
              and (i.indpred is null or exists (
                select 1 from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any (k.conkey)
                   and pg_get_expr(i.indpred, i.indrelid) = format('(%I IS NOT NULL)', a.attname))))`,
  },
];

/** What breaks the rules: one line each, `rule: place`. */
export async function brokenRules(client: pg.Client): Promise<string[]> {
  const found: string[] = [];
  for (const { rule, broken } of schemaRules) {
    const { rows } = await client.query<{ place: string }>(`${scope} ${broken}`);
    for (const { place } of rows) found.push(`${rule.slice(0, 3)}: ${place}`);
  }
  return found.sort();
}
