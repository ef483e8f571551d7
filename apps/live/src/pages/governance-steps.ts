import { each, html, type TemplateResult } from "@repo/live-ui";
import { AREAS, GROUPS, MAJORITIES, type Proposal } from "../data/proposals.js";

export const STEPS = ["Subject", "Reason", "Vote", "Review"] as const;

/** What the page keeps of a proposal that is being written. */
export interface GovernanceState {
  step: number;
  title: string;
  area: Proposal["area"];
  reason: string;
  groups: Proposal["groups"][number][];
  majority: Proposal["majority"];
  issue: string;
  number: number;
}

/** The fields of the step that is shown. */
export function proposalStep(state: GovernanceState): TemplateResult {
  switch (STEPS[state.step]) {
    case "Subject":
      return subject(state);
    case "Reason":
      return reason(state);
    case "Vote":
      return vote(state);
    default:
      return review(state);
  }
}

function subject({ title, area }: GovernanceState): TemplateResult {
  return html`<div class="step">
    <div class="field">
      <label for="title">Title</label>
      <input id="title" name="title" value="${title}" maxlength="100" autocomplete="off" />
    </div>
    <div class="field">
      <label for="area">Area</label>
      <select id="area" name="area">
        ${each(
          AREAS,
          (one) => one,
          (one) => html`<option value="${one}" ?selected="${one === area}">${one}</option>`,
        )}
      </select>
    </div>
  </div>`;
}

function reason({ reason: text }: GovernanceState): TemplateResult {
  return html`<div class="step">
    <div class="field">
      <label for="reason">Why should this be decided?</label>
      <textarea id="reason" name="reason" rows="5" maxlength="1000">${text}</textarea>
    </div>
  </div>`;
}

function vote({ groups, majority }: GovernanceState): TemplateResult {
  return html`<div class="step">
    <fieldset>
      <legend>Who votes?</legend>
      ${each(
        GROUPS,
        (group) => group,
        (group) =>
          html`<label class="choice">
            <input type="checkbox" name="groups[]" value="${group}" ?checked="${groups.includes(group)}" />
            <span>${group}</span>
          </label>`,
      )}
    </fieldset>
    <fieldset>
      <legend>Which majority decides?</legend>
      ${each(
        Object.entries(MAJORITIES),
        ([id]) => id,
        ([id, words]) =>
          html`<label class="choice">
            <input type="radio" name="majority" value="${id}" ?checked="${id === majority}" />
            <span>${words}</span>
          </label>`,
      )}
    </fieldset>
  </div>`;
}

function review({ title, area, reason: text, groups, majority }: GovernanceState): TemplateResult {
  return html`<dl class="review">
    <dt>Title</dt>
    <dd>${title}</dd>
    <dt>Area</dt>
    <dd>${area}</dd>
    <dt>Reason</dt>
    <dd class="text">${text}</dd>
    <dt>Vote</dt>
    <dd>${groups.join(", ")}</dd>
    <dt>Majority</dt>
    <dd>${MAJORITIES[majority]}</dd>
  </dl>`;
}
