using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Emulator;
using NodeData.Sdk;

namespace NodeData.Cli.Emulation;

/// <summary>How an emulator is to start: the options that both of its commands have.</summary>
internal sealed class EmulatorSettings
{
    private readonly Option<int> _port = new("--port")
    {
        Description = "The port to listen on; 0, the default, for a free one",
        HelpName = "PORT",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "Where the data lies; without it in a temporary file that goes with the emulator",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _keys = new("--key")
    {
        Description = "A made-up key with full access, nd_test_… or nd_live_…; it is no secret",
        HelpName = "KEY",
    };

    private readonly Option<string?> _seed = new("--seed") { Description = "More keys, as JSON (docs/emulator.md)", HelpName = "FILE" };

    private readonly Option<string[]> _webhooks = new("--webhook")
    {
        Description = "Where to deliver every webhook event; http on this machine, or https",
        HelpName = "URL",
    };

    private readonly Option<string?> _webhookSecret = new("--webhook-secret")
    {
        Description = "The made-up secret that deliveries are signed with, whsec_test_… or whsec_live_…; it is no secret",
        HelpName = "SECRET",
    };

    private readonly Option<bool> _control = new("--control")
    {
        Description = "Faults, clock, ledger and webhook events over HTTP, under /control",
    };

    private readonly Option<bool> _noRateLimits = new("--no-rate-limits") { Description = "Take any number of requests" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_port, _data, _keys, _seed, _webhooks, _webhookSecret, _control, _noRateLimits])
        {
            command.Add(option);
        }
    }

    /// <summary>The keys that were given, none of which need be printed.</summary>
    public IReadOnlyList<ApiKey> GetKeys(Invocation invocation) =>
        [.. (invocation.Get(_keys) ?? []).Select(text => Parse("--key", text, ApiKey.Parse))];

    /// <summary>The secret of the endpoints of <c>--webhook</c>: the one that was given, else one that is made up.</summary>
    public WebhookSecret GetWebhookSecret(Invocation invocation, KeyMode mode) =>
        invocation.Get(_webhookSecret) is { } text
            ? Parse("--webhook-secret", text, WebhookSecret.Parse)
            : WebhookSecret.Parse($"whsec_{ModeText.Format(mode)}_{RandomNumberGenerator.GetHexString(48, lowercase: true)}");

    /// <param name="invocation">The run.</param>
    /// <param name="webhookSecret">As <see cref="GetWebhookSecret"/> has it.</param>
    /// <exception cref="CommandFailedException">An option is not as it must be.</exception>
    public EmulatorOptions CreateOptions(Invocation invocation, WebhookSecret webhookSecret) =>
        new()
        {
            Port = invocation.Get(_port) is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort and var port
                ? port
                : throw CommandFailedException.Usage("--port is a number from 0 to 65535; 0 for a free one."),
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
