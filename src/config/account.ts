import { findGroup, findUser } from '../system/users.js';
import type { At } from './field.js';

export type Account = { readonly user: string | null; readonly group: string | null };

export function checkAccount({ user, group }: Account, at: At): void {
  if (user !== null && !findUser(user)) at.key('user').report(`there is no user ${user} on this machine`);
  if (group !== null && !findGroup(group))
    at.key('group').report(`there is no group ${group} on this machine`);
}
