using System.Net;
using NodeData.Sdk;

namespace NodeData.Emulator;

/// <summary>How an emulator starts. Every default fits a test: a free port on the loopback, data that goes with it, made-up keys.</summary>
public sealed class EmulatorOptions
{
    /// <summary>The port to listen on, 0 to 65,535. Default: 0, a free one.</summary>
    public int Port { get; init; }

    /// <summary>The address to listen on. Default: 127.0.0.1, so that nothing outside this machine reaches it.</summary>
    public IPAddress BindAddress { get; init; } = IPAddress.Loopback;

    /// <summary>
    /// The data file, made where it is not there, kept when the emulator stops, and used by one emulator at a time. Default: null, a temporary file
    /// that goes with the emulator.
    /// </summary>
    public string? DataPath { get; init; }

    /// <summary>
    /// Made-up keys with full access, of these very texts, so that scripts and tests are repeatable; they are no secrets. In a data file that has one of
    /// them already it is the same key still, with full access and not revoked. Default: none. The first of each mode is
    /// <see cref="NodeDataEmulator.TestKey"/> and <see cref="NodeDataEmulator.LiveKey"/>; where a mode has none, one is made.
    /// </summary>
    public IReadOnlyList<ApiKey> Keys { get; init; } = [];

    /// <summary>
    /// More keys, as JSON, with pinned ids and texts: <c>{"keys":[{"key":"nd_test_…","id":"key_ci","name":"ci","scopes":["models:read"],"expires_at":"…"}]}</c>.
    /// Only <c>key</c> must be there; no scopes means full access. Default: null, none.
    /// </summary>
    public string? Seed { get; init; }

    /// <summary>
    /// Webhook endpoints that are there from the start, for all event types. In a data file that has one of them already it is the same endpoint still, enabled
    /// and with the secret given now. Default: none.
    /// </summary>
    public IReadOnlyList<EmulatorWebhookEndpoint> WebhookEndpoints { get; init; } = [];

    /// <summary>Whether the service's rate limits hold: 1,000 reads and 120 writes for each key and minute. Default: true.</summary>
    public bool EnforceRateLimits { get; init; } = true;

    /// <summary>
    /// Whether faults, clock, ledger and reset can be had over HTTP under <c>/control</c>, without a key, by programs on this machine. Default: false.
    /// </summary>
    public bool EnableControlApi { get; init; }

    /// <summary>
    /// The machine's time, to which <see cref="NodeDataEmulator.Clock"/> adds. Default: the system's. With one that stands still, such as
    /// <c>FakeTimeProvider</c>, nothing becomes due but by <see cref="EmulatorClock.Advance"/>: on a slow machine a test then sees what it sees on a fast one.
    /// </summary>
#pragma warning disable RS0030 // The one place where the machine's time comes in; everything else is handed the emulator's clock.
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
#pragma warning restore RS0030
}
