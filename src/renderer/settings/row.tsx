/** One setting: what it does, its field, where its value comes from, and the way back to the default. */
import { CircleAlert, RotateCcw } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import type { Setting } from "../../shared/settings/catalogue.ts";
import type { SettingValue } from "../../shared/settings/value.ts";
import { originInWords, settingIn, type ResolvedSettings, type SettingOrigin } from "../../shared/settings/resolve.ts";
import { showSetting } from "../../shared/settings/text.ts";
import { zoneLabel } from "../../shared/text/zone.ts";
import { zoneChoices } from "../shell/zone-menu.tsx";
import { notify } from "../state/notices.ts";
import { localZone } from "../state/zone.ts";
import { IconButton } from "../ui/button.tsx";
import { Picker } from "../ui/picker.tsx";
import { Hint } from "../ui/tooltip.tsx";
import { writeSetting } from "./store.ts";
import { useDraft } from "./use-draft.ts";

const DEFAULT_ORIGIN: SettingOrigin = { source: "default", detail: "" };

interface RowProps {
  readonly setting: Setting;
  readonly resolved: ResolvedSettings;
}

export function SettingRow({ setting, resolved }: RowProps): ReactNode {
  const id = useId();
  const [resets, setResets] = useState(0);
  const origin = resolved.origins[setting.path] ?? DEFAULT_ORIGIN;
  const inFile = resolved.inFile[setting.path];
  const used = settingIn(resolved.values, setting);
  const isOverridden = origin.source === "environment" || origin.source === "command line";
  // What a person edits is the file; above it stands what counts for now.
  const saved = inFile ?? (isOverridden ? setting.default : used);
  return (
    <div className="setting" role="group" aria-labelledby={`${id}-title`} data-setting={setting.path}>
      <div className="setting-words">
        <label id={`${id}-title`} htmlFor={`${id}-0`}>
          {setting.title}
        </label>
        <p id={`${id}-note`}>{setting.note}</p>
      </div>
      <div className="setting-value">
        {setting.kind === "text" ? (
          <ZoneField setting={setting} saved={saved} />
        ) : (
          <NumberField key={resets} id={id} setting={setting} saved={saved} />
        )}
        {isOverridden && (
          <p className="setting-used">
            {showSetting(used, setting.unit)} counts, {originInWords(origin)}
          </p>
        )}
      </div>
      <div className="setting-origin">
        <OriginBadge origin={origin} />
        <IconButton
          icon={RotateCcw}
          label={`Back to the default, ${showSetting(setting.default, setting.unit)}`}
          disabled={inFile === undefined}
          onClick={() => {
            // What was typed and refused goes as well.
            setResets(resets + 1);
            void writeSetting(setting.path, null).then((failure) => {
              if (failure !== null) notify("failure", failure.message);
            });
          }}
        />
      </div>
    </div>
  );
}

function OriginBadge({ origin }: { readonly origin: SettingOrigin }): ReactNode {
  const badge = (
    <span className="setting-badge" data-source={origin.source}>
      {origin.source}
    </span>
  );
  return origin.detail === "" ? badge : <Hint text={origin.detail}>{badge}</Hint>;
}

interface FieldProps {
  readonly setting: Setting;
  readonly saved: SettingValue;
}

function NumberField({ id, setting, saved }: FieldProps & { readonly id: string }): ReactNode {
  const { texts, why, change, commit, revert } = useDraft(setting, saved);
  return (
    <>
      <div className="setting-inputs">
        {texts.map((text, index) => (
          <span className="setting-input" key={setting.parts?.[index] ?? "value"}>
            {setting.parts !== undefined && (
              <label className="setting-part" htmlFor={`${id}-${index}`}>
                {setting.parts[index]}
              </label>
            )}
            <input
              id={`${id}-${index}`}
              className="field"
              inputMode="decimal"
              spellCheck={false}
              autoComplete="off"
              value={text}
              aria-invalid={why !== null}
              aria-describedby={`${id}-note ${id}-hint`}
              onChange={({ target }) => change(texts.map((one, at) => (at === index ? target.value : one)))}
              onBlur={commit}
              onKeyDown={(event) => {
                if (event.key === "Enter") commit();
                if (event.key === "Escape" && revert()) event.preventDefault();
              }}
            />
          </span>
        ))}
        {setting.unit !== undefined && <span className="setting-unit">{setting.unit}</span>}
      </div>
      <p
        id={`${id}-hint`}
        className={why === null ? "setting-hint" : "setting-hint wrong"}
        role={why ? "alert" : undefined}
      >
        {why === null ? (
          `${spanOf(setting)} · default ${showSetting(setting.default, undefined)}`
        ) : (
          <>
            <CircleAlert size={12} aria-hidden /> {why}
          </>
        )}
      </p>
    </>
  );
}

/** "1 – 10". */
function spanOf({ bounds }: Setting): string {
  return bounds === null ? "" : `${showSetting(bounds.min, undefined)} – ${showSetting(bounds.max, undefined)}`;
}

function ZoneField({ setting, saved }: FieldProps): ReactNode {
  const [why, setWhy] = useState<string | null>(null);
  const zone = String(saved);
  return (
    <>
      <Picker
        label={`${setting.title}: ${zone}`}
        className="setting-picker"
        shown={zoneLabel(zone)}
        placeholder="City or zone"
        value={zone}
        choices={(typed) => zoneChoices(typed, localZone(), Intl.supportedValuesOf("timeZone"))}
        onChoose={(chosen) =>
          void writeSetting(setting.path, chosen).then((failure) => setWhy(failure?.message ?? null))
        }
      />
      {why !== null && (
        <p className="setting-hint wrong" role="alert">
          {why}
        </p>
      )}
    </>
  );
}
