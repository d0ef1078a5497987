using System.Text.Json.Serialization;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;
using NodeData.Emulator;
using NodeData.Sdk;

namespace NodeData.Cli.Emulation;

/// <summary>Runs an emulator of the service until it is stopped.</summary>
internal sealed class EmulatorCommand : NodeDataCommand
{
    private readonly EmulatorSettings _settings = new();

    public EmulatorCommand(Terminal terminal)
        : base("emulator", "Run an emulator of the service on this machine until Ctrl+C", terminal) => _settings.AddTo(this);

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var secret = _settings.GetWebhookSecret(invocation, KeyMode.Test);
        var options = _settings.CreateOptions(invocation, secret);
        var emulator = await NodeDataEmulator.StartAsync(options, cancellationToken).ConfigureAwait(false);
        await using (emulator.ConfigureAwait(false))
        {
            WriteStartupInfo(invocation, emulator, options, secret);
            await invocation.Terminal.Out.FlushAsync(cancellationToken).ConfigureAwait(false);
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var stop = cancellationToken.Register(stopped.SetResult);
            await stopped.Task.ConfigureAwait(false);
        }

        return ExitCode.Ok;
    }

    private static void WriteStartupInfo(Invocation invocation, NodeDataEmulator emulator, EmulatorOptions options, WebhookSecret secret)
    {
        ApiKey[] keys = [emulator.TestKey, emulator.LiveKey];
        if (invocation.IsJson)
        {
            var shape = new EmulatorShape(
                emulator.BaseAddress.ToString(),
                keys[0].Reveal(),
                keys[1].Reveal(),
                options.WebhookEndpoints.Count > 0 ? secret.Reveal() : null
            );
            invocation.WriteJson(shape, EmulatorJson.Indented.EmulatorShape);
            return;
        }

        var facts = new Facts();
        facts.Add("base URL", emulator.BaseAddress.ToString());
        foreach (var key in keys)
        {
            facts.Add($"{ModeText.Format(key.Mode)} key", key.Reveal());
        }

        foreach (var endpoint in options.WebhookEndpoints)
        {
            facts.Add("webhook", endpoint.Url);
            facts.Add("webhook secret", endpoint.Secret.Reveal());
        }

        facts.Add("data", options.DataPath ?? "temporary");
        facts.Write(invocation.Terminal);
        invocation.Terminal.Out.WriteLine("The emulator is ready. Its keys are for tests only. Press Ctrl+C to stop it.");
    }
}

/// <summary>The output of <c>emulator --json</c> once the emulator is ready. It contains no real secret.</summary>
internal sealed record EmulatorShape(string BaseUrl, string TestKey, string LiveKey, string? WebhookSecret);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EmulatorShape))]
internal sealed partial class EmulatorJson : JsonSerializerContext
{
    public static EmulatorJson Indented { get; } = new(JsonOutput.CreateOptions());
}
