import { accountRoutes } from './account/routes.tsx';
import { caseRoutes } from './case/routes.tsx';
import { clearingRoutes } from './clearing/routes.tsx';
import { contactRoutes } from './contacts/routes.ts';
import { counterRoutes } from './counter/routes.tsx';
import { documentRoutes } from './documents/routes.ts';
import { employerRoutes } from './employers/routes.ts';
import { factRoutes } from './facts/routes.ts';
import { fieldRoutes } from './fields/routes.ts';
import { fileRoutes } from './file/routes.tsx';
import { helpRoutes } from './help/routes.ts';
import { houseRoutes } from './house/routes.tsx';
import { inboxRoutes } from './inbox/routes.tsx';
import { letterRoutes } from './letters/routes.ts';
import { mailboxRoutes } from './mailboxes/routes.tsx';
import { postRoutes } from './post/routes.ts';
import { promiseRoutes } from './promises/routes.tsx';
import { readerRoutes } from './reader/routes.tsx';
import { searchRoutes } from './search/routes.tsx';
import { signInRoutes } from './sign-in/routes.ts';
import { todayRoutes } from './today/routes.tsx';
import { substitutionRoutes } from './today/substitution.tsx';
import { teamRoutes } from './today/team.tsx';
import { togetherRoutes } from './together/routes.ts';
import { twiceRoutes } from './twice/routes.tsx';
import { viewRoutes } from './views/routes.tsx';
import type { WorkspaceRoute } from './visit.ts';

/** Every page and verb of the workspace, with who may come and what is logged. */
export const routes: readonly WorkspaceRoute[] = [
  ...signInRoutes,
  ...inboxRoutes,
  ...caseRoutes,
  ...documentRoutes,
  ...fieldRoutes,
  ...fileRoutes,
  ...contactRoutes,
  ...employerRoutes,
  ...factRoutes,
  ...readerRoutes,
  ...clearingRoutes,
  ...counterRoutes,
  ...postRoutes,
  ...promiseRoutes,
  ...todayRoutes,
  ...teamRoutes,
  ...substitutionRoutes,
  ...letterRoutes,
  ...mailboxRoutes,
  ...searchRoutes,
  ...togetherRoutes,
  ...twiceRoutes,
  ...accountRoutes,
  ...helpRoutes,
  ...houseRoutes,
  ...viewRoutes,
];
