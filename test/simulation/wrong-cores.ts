import type { Edit } from './changed-core.js';

/** Cores that are wrong on purpose, each in one way; the simulation must catch every one. */
export const WRONG_CORES: Readonly<Record<string, readonly Edit[]>> = {
  'never kills': [{ file: 'worker/step.js', from: 'due: kill', to: 'due: stay' }],
  'forgets the next try': [{ file: 'worker/step.js', from: 'due: retry', to: 'due: stay' }],
  'takes an early timer for a late one': [
    { file: 'worker/step.js', from: 'if (now >= worker.dueAt)', to: 'if (now >= 0)' },
  ],
  'restarts who was told to go': [
    {
      file: 'worker/step.js',
      from: "if (worker.wanted === 'up' && worker.cause?.why",
      to: 'if (worker.cause?.why',
    },
    { file: 'worker/step.js', from: "why !== 'told')", to: "why !== 'late')" },
  ],
  'acts on news of an earlier life': [
    { file: 'worker/step.js', from: 'event.life !== worker.life', to: 'false' },
    { file: 'group/step.js', from: 'm.worker.life === event.life', to: 'm.worker.life >= event.life' },
  ],
  'counts every life as a restart': [
    {
      file: 'worker/step.js',
      from: 'policy, chance, worker.restarts);',
      to: 'policy, chance, worker.restarts + 1);',
    },
  ],
  'does not double the wait': [{ file: 'worker/restart-policy.js', from: '2 ** (deaths - 1)', to: '1' }],
  'never forgives a death': [
    { file: 'worker/restart-policy.js', from: '? 0 : end.deaths + 1', to: '? 1 : end.deaths + 1' },
  ],
  'never gives up': [{ file: 'worker/restart-policy.js', from: 'policy.attempts !== null', to: 'false' }],
  'spawns twice': [
    {
      file: 'group/turn.js',
      from: 'this.effects.push({ ...effect, slot',
      to: 'this.effects.push({ ...effect, slot: member.slot, config: member.config }, { ...effect, slot',
    },
  ],
  'gives the same number to two lives': [
    { file: 'group/turn.js', from: 'this.group.nextLife + 1', to: 'this.group.nextLife' },
  ],
  'forgets to answer': [{ file: 'group/turn.js', from: 'this.answer(job, outcome);', to: 'void outcome;' }],
  'answers twice': [
    {
      file: 'group/turn.js',
      from: 'this.answer(job, outcome);',
      to: '{ this.answer(job, outcome); this.answer(job, outcome); }',
    },
  ],
  'forgets who is still on its way out': [
    { file: 'group/step.js', from: "m.part === 'leaver' && isDown(m)", to: "m.part === 'leaver'" },
  ],
  'never forgets who is gone': [
    { file: 'group/step.js', from: "m.part === 'leaver' && isDown(m)", to: 'false && isDown(m)' },
  ],
  'begins the next command while the last ones are on their way out': [
    { file: 'group/step.js', from: "m.part !== 'holder'", to: 'false' },
    { file: 'group/rollout.js', from: 'if (!turn.areDown(stage.leavers))', to: 'if (false)' },
  ],
  'lets a slot be taken over before the newcomer is ready': [
    { file: 'group/rollout.js', from: 'if (!newcomers.every(isReady))', to: 'if (false)' },
  ],
  'retires the old one first': [
    {
      file: 'group/rollout.js',
      from: "const ids = slots.map((slot) => turn.add(slot, 'newcomer', command.config));",
      to: "for (const slot of slots) turn.dismiss(turn.holder(slot)?.id, 'timeout'); const ids = slots.map((slot) => turn.add(slot, 'newcomer', command.config));",
    },
  ],
  'replaces everything at once': [
    { file: 'group/rollout.js', from: 'rest.slice(0, batch)', to: 'rest.slice(0)' },
  ],
  'goes on before the replaced ones are gone': [
    { file: 'group/rollout.js', from: 'if (!turn.areDown(stage.leavers))', to: 'if (false)' },
  ],
  'takes the last batch for the whole rollout': [
    {
      file: 'group/rollout.js',
      from: 'const after = { rest: rest.slice(batch), done: rollout.done, verdict: rollout.verdict };',
      to: 'const after = { ...rollout, rest: rest.slice(batch) };',
    },
  ],
  'does not roll back': [
    { file: 'group/rollout.js', from: 'if (command.config === turn.group.config)', to: 'if (true)' },
  ],
  'leaves the newcomers of a refused reload': [
    { file: 'group/rollout.js', from: "if (part === 'newcomer')", to: 'if (false)' },
  ],
  'takes up the config of a refused reload': [
    {
      file: 'group/rollout.js',
      from: 'turn.dismissSurplus(turn.group.count',
      to: 'turn.change({ config: job.command.config }); turn.dismissSurplus(turn.group.count',
    },
  ],
  'does not wait for who was asked to reload': [
    { file: 'group/rollout.js', from: 'isStillAsked(turn.member(id))', to: 'false' },
  ],
  'ignores a smaller count': [
    { file: 'group/begin.js', from: 'turn.dismissSurplus(count, command.patience);', to: '' },
  ],
  'starts what was stopped by hand when it reloads': [
    {
      file: 'group/begin.js',
      from: "return isWanted(holder) && holder.worker.phase !== 'ended';",
      to: 'return true;',
    },
    { file: 'group/rollout.js', from: '=> !holder || isWanted(holder)', to: '=> !holder || isWanted' },
  ],
  'starts a group that is down when it reloads': [
    { file: 'group/begin.js', from: 'return isNew;', to: 'return true;' },
  ],
  'leaves what a failed start began': [
    { file: 'group/advance.js', from: "if (command.do !== 'start' || command.keep)", to: 'if (true)' },
  ],
  'keeps the new count when the new slots do not come up': [
    { file: 'group/advance.js', from: 'turn.change({ count: lowest });', to: '' },
  ],
  'answers a start before all are ready': [
    { file: 'group/advance.js', from: 'if (!stage.watched.every(', to: 'if (!stage.watched.some(' },
  ],
  'lets a stop wait for its turn': [
    {
      file: 'group/supersede.js',
      from: "turn.tell(id, { type: 'wantDown', patience: command.patience });",
      to: '',
    },
  ],
  'leaves a start in the queue that comes before a stop': [
    {
      file: 'group/supersede.js',
      from: 'if (slots === null)\n        return null;',
      to: 'if (slots === null)\n        return job;',
    },
  ],
  'lets a newcomer live in a slot that was stopped': [
    {
      file: 'group/supersede.js',
      from: "if (part === 'newcomer')",
      to: "if (part === 'newcomer') continue; if (false)",
    },
  ],
  'answers a stop at once': [
    {
      file: 'group/step.js',
      from: "stage.at === 'lowering' && turn.areDown(stage.members)",
      to: "stage.at === 'lowering'",
    },
  ],
};
