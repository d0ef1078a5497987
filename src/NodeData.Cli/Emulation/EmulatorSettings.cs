using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Emulator;
using NodeData.Sdk;

namespace NodeData.Cli.Emulation;

/// <summary>The options that both emulator commands share.</summary>
internal sealed class EmulatorSettings
{
    private readonly Option<int> _port = new("--port")
    {
        Description = "Port to listen on; 0 (the default) selects a free port",
        HelpName = "PORT",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "Database file; defaults to a temporary file that is deleted when the emulator stops",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _keys = new("--key")
    {
        Description = "Test-only key with full access, nd_test_… or nd_live_…; not a real secret",
        HelpName = "KEY",
    };

    private readonly Option<string?> _seed = new("--seed")
    {
        Description = "Additional keys as JSON (docs/emulator.md)",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _webhooks = new("--webhook")
    {
        Description = "URL to deliver every webhook event to: https, or http on this machine",
        HelpName = "URL",
    };

    private readonly Option<string?> _webhookSecret = new("--webhook-secret")
    {
        Description = "Test-only secret that signs deliveries, whsec_test_… or whsec_live_…; not a real secret",
        HelpName = "SECRET",
    };

    private readonly Option<bool> _control = new("--control")
    {
        Description = "Enable the control API under /control: faults, clock, recorded requests and webhook events",
    };

    private readonly Option<bool> _noRateLimits = new("--no-rate-limits") { Description = "Do not enforce rate limits" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_port, _data, _keys, _seed, _webhooks, _webhookSecret, _control, _noRateLimits])
        {
            command.Add(option);
        }
    }

    /// <summary>Returns the keys from <c>--key</c>.</summary>
    public IReadOnlyList<ApiKey> GetKeys(Invocation invocation) =>
        [.. (invocation.Get(_keys) ?? []).Select(text => Parse("--key", text, ApiKey.Parse))];

    /// <summary>Returns the secret of the <c>--webhook</c> endpoints: the one from <c>--webhook-secret</c>, or a generated one.</summary>
    public WebhookSecret GetWebhookSecret(Invocation invocation, KeyMode mode) =>
        invocation.Get(_webhookSecret) is { } text
            ? Parse("--webhook-secret", text, WebhookSecret.Parse)
            : WebhookSecret.Parse($"whsec_{ModeText.Format(mode)}_{RandomNumberGenerator.GetHexString(48, lowercase: true)}");

    /// <param name="invocation">The invocation.</param>
    /// <param name="webhookSecret">The secret from <see cref="GetWebhookSecret"/>.</param>
    /// <exception cref="CommandFailedException">An option is invalid.</exception>
    public EmulatorOptions CreateOptions(Invocation invocation, WebhookSecret webhookSecret) =>
        new()
        {
            Port = invocation.Get(_port) is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort and var port
                ? port
                : throw CommandFailedException.Usage("--port must be a number from 0 to 65535; 0 selects a free port."),
            DataPath = invocation.Get(_data),
            Keys = GetKeys(invocation),
            Seed = invocation.Get(_seed) is { } file ? File.ReadAllText(file) : null,
            WebhookEndpoints =
            [
                .. (invocation.Get(_webhooks) ?? []).Distinct(StringComparer.Ordinal).Select(url => CreateEndpoint(url, webhookSecret)),
            ],
            EnableControlApi = invocation.Get(_control),
            EnforceRateLimits = !invocation.Get(_noRateLimits),
        };

    private static T Parse<T>(string option, string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (NodeDataConfigurationException exception)
        {
            throw CommandFailedException.Usage($"{option}: {exception.Message}", exception);
        }
    }

    private static EmulatorWebhookEndpoint CreateEndpoint(string url, WebhookSecret secret)
    {
        try
        {
            return new EmulatorWebhookEndpoint(url, secret);
        }
        catch (ArgumentException exception)
        {
            throw CommandFailedException.Usage($"--webhook: {exception.InnerException?.Message ?? exception.Message}", exception);
        }
    }
}
