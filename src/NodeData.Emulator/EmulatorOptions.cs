using System.Net;
using NodeData.Sdk;

namespace NodeData.Emulator;

/// <summary>Options for starting an emulator. The defaults suit a test: a free loopback port, temporary data, generated keys.</summary>
public sealed class EmulatorOptions
{
    /// <summary>The port to listen on, 0 to 65,535. The default is 0: a free port.</summary>
    public int Port { get; init; }

    /// <summary>The address to listen on. The default is 127.0.0.1, which is not reachable from other machines.</summary>
    public IPAddress BindAddress { get; init; } = IPAddress.Loopback;

    /// <summary>
    /// The path of the data file. The file is created if it does not exist, is kept when the emulator stops, and is used by one emulator at a time. The
    /// default is null: a temporary file, deleted when the emulator stops.
    /// </summary>
    public string? DataPath { get; init; }

    /// <summary>
    /// Keys with full access, fixed so that scripts and tests are deterministic; they are not secrets. A key that the data file already contains keeps its ID
    /// and gets full access, and its revocation is undone. The default is none. The first key of each mode is
    /// <see cref="NodeDataEmulator.TestKey"/> and <see cref="NodeDataEmulator.LiveKey"/>; a key is generated for a mode that has none.
    /// </summary>
    public IReadOnlyList<ApiKey> Keys { get; init; } = [];

    /// <summary>
    /// Additional keys, as JSON, with fixed IDs and values:
    /// <c>{"keys":[{"key":"nd_test_…","id":"key_ci","name":"ci","scopes":["models:read"],"expires_at":"…"}]}</c>. Only <c>key</c> is required; a key without
    /// scopes has full access. The default is null: no additional keys.
    /// </summary>
    public string? Seed { get; init; }

    /// <summary>
    /// Webhook endpoints, for all event types, that exist when the emulator starts. An endpoint that the data file already contains keeps its ID, is enabled
    /// and gets the secret given here. The default is none.
    /// </summary>
    public IReadOnlyList<EmulatorWebhookEndpoint> WebhookEndpoints { get; init; } = [];

    /// <summary>
    /// true if the service's rate limits are enforced (1,000 reads and 120 writes per key and minute); otherwise, false. The default is true.
    /// </summary>
    public bool EnforceRateLimits { get; init; } = true;

    /// <summary>
    /// true if the control API is enabled (faults, clock, recorded requests, reset and webhooks over HTTP under <c>/control</c>, without a key, for processes
    /// on this machine); otherwise, false. The default is false.
    /// </summary>
    public bool EnableControlApi { get; init; }

    /// <summary>
    /// The time provider that <see cref="NodeDataEmulator.Clock"/> is based on. The default is the system clock. With a provider whose time
    /// does not advance, such as <c>FakeTimeProvider</c>, timers fire only on <see cref="EmulatorClock.Advance"/>, so that a test does not depend on the
    /// machine's speed.
    /// </summary>
#pragma warning disable RS0030 // The only use of the system clock; everything else receives the emulator's clock.
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
#pragma warning restore RS0030
}
