/**
 * Metrics: the status as Prometheus numbers, read when scraped.
 *
 * Names end in their unit. What ends in _total is a counter: it begins anew with the process that counts, which
 * Prometheus takes for a reset. docs/grafana/sill.json shows all of them; a test holds it to that.
 */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Parts } from "./parts.ts";
import type { WhatStatus } from "../wire/what-status.ts";
import { problemsOf } from "./problems.ts";
import { statusOf } from "./status.ts";

const pressBucketsS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5];

export class Metrics {
  readonly #registry = new Registry();
  readonly #press: Histogram;
  readonly #gauges = new Map<string, Gauge>();
  readonly #counters = new Map<string, Counter>();

  constructor() {
    this.#press = new Histogram({
      name: "sill_press_notify_seconds",
      help: "From the edge of the button until every page was sent the event",
      buckets: pressBucketsS,
      registers: [this.#registry],
    });
  }

  pressed(ms: number): void {
    this.#press.observe(ms / 1_000);
  }

  async text(parts: Parts): Promise<string> {
    this.#read(parts);
    return this.#registry.metrics();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  #read(parts: Parts): void {
    const status = statusOf(parts);
    const {
      camera,
      mask,
      motion,
      storage,
      processes,
      sensors,
      stages,
      startedWallMs,
      mqtt,
      ledger,
      rtsp,
      what,
    } = status;
    for (const counter of this.#counters.values()) counter.reset();
    this.#set("sill_start_time_seconds", "When the keeper started", startedWallMs / 1_000);
    this.#set("sill_camera_running", "1 while frames flow", camera.state === "running" ? 1 : 0);
    this.#set("sill_camera_frames_per_second", "Measured", camera.fps);
    this.#set("sill_mask_visible_ratio", "How much of the picture is visible", mask.visibleFrac);
    const { frames = 0, dropped = 0 } = motion.journal ?? {};
    this.#set("sill_motion_journal_frames_total", "Frames written to the motion journal", frames);
    this.#set("sill_motion_journal_dropped_frames_total", "Frames that it could not take", dropped);
    this.#set(
      "sill_motion_journal_evicted_days_total",
      "Days of it deleted before their time",
      parts.motionDays.evicted,
    );
    this.#set("sill_storage_used_bytes", "All clips", storage.usedBytes);
    this.#set("sill_storage_free_bytes", "Free on the disk of the clips", storage.freeBytes);
    this.#set("sill_storage_budget_bytes", "storage.budgetMb", storage.budgetBytes);
    this.#set("sill_storage_clips", "Clips in the index", storage.clips);
    this.#set("sill_storage_events", "Events in the index", storage.events);
    this.#set("sill_storage_evicted_clips_total", "Clips deleted before their time", storage.evicted);
    this.#set("sill_storage_full", "1 while the disk is full", storage.full ? 1 : 0);
    this.#set("sill_live_viewers", "Pages that watch live", parts.live.viewers);
    this.#set("sill_heat_viewers", "Pages that watch what motion makes of the picture", parts.heat.viewers);
    this.#set(
      "sill_calibration_busy",
      "1 while the past is judged again",
      parts.calibration.progress.busy ? 1 : 0,
    );
    this.#set("sill_pages", "Pages that are told of events", parts.pages.count);
    this.#set("sill_store_waiting", "Changes that wait for the disk", parts.store.queue.waiting);
    this.#set("sill_ledger_entries", "Entries in the ledger", ledger.entries);
    this.#set("sill_problems", "What is wrong, as /healthz says it", problemsOf(parts, status).length);
    if (what !== undefined) this.#readWhat(what);
    if (mqtt !== undefined)
      this.#set("sill_mqtt_connected", "1 = at the broker of the house", mqtt.connected ? 1 : 0);
    if (rtsp !== undefined) {
      this.#set("sill_rtsp_watching", "Systems of the house that are given the picture", rtsp.watching);
      this.#set("sill_rtsp_open", "1 = the port is open", rtsp.port === null ? 0 : 1);
    }
    for (const each of processes) {
      this.#set("sill_process_connected", "1 = it is there", each.connected ? 1 : 0, { process: each.name });
      this.#set("sill_process_resident_bytes", "Memory", each.rssBytes, { process: each.name });
    }
    for (const each of sensors) {
      this.#set("sill_sensor_ok", "1 = open", each.state === "ok" ? 1 : 0, { role: each.role });
      this.#set("sill_sensor_uses_total", "Presses, edges, sounds", each.count, { role: each.role });
    }
    for (const each of stages) {
      this.#set("sill_stage_in_total", "Taken in by a stage", each.in, { stage: each.name });
      this.#set("sill_stage_out_total", "Passed on by a stage", each.out, { stage: each.name });
      this.#set("sill_stage_dropped_total", "Dropped by a stage", each.dropped, { stage: each.name });
    }
  }

  /** Of the model that tells what moved. */
  #readWhat({ state, runs, dropped, failures, msMedian, msP95, rssBytes }: WhatStatus): void {
    this.#set("sill_model_ready", "1 = the model that tells what moved answers", state === "ready" ? 1 : 0);
    this.#set("sill_model_pictures_total", "Pictures that it was shown", runs);
    this.#set("sill_model_dropped_frames_total", "Frames dropped because a newer one came", dropped);
    this.#set("sill_model_failures_total", "How often its process failed or was refused", failures);
    this.#set(
      "sill_model_picture_seconds",
      "For one picture: the median of the last ones",
      (msMedian ?? 0) / 1_000,
    );
    this.#set(
      "sill_model_slow_picture_seconds",
      "For one picture: 95 in 100 are quicker",
      (msP95 ?? 0) / 1_000,
    );
    this.#set("sill_model_resident_bytes", "Memory of its process", rssBytes);
  }

  #set(name: string, help: string, value: number, labels: Record<string, string> = {}): void {
    if (name.endsWith("_total")) return this.#count(name, help, value, labels);
    let gauge = this.#gauges.get(name);
    if (gauge === undefined) {
      gauge = new Gauge({ name, help, labelNames: Object.keys(labels), registers: [this.#registry] });
      this.#gauges.set(name, gauge);
    }
    gauge.set(labels, value);
  }

  /** Counters were set to zero before they are read. */
  #count(name: string, help: string, value: number, labels: Record<string, string>): void {
    let counter = this.#counters.get(name);
    if (counter === undefined) {
      counter = new Counter({ name, help, labelNames: Object.keys(labels), registers: [this.#registry] });
      this.#counters.set(name, counter);
    }
    counter.inc(labels, value);
  }
}
