using System.Globalization;
using System.Net;
using NodeData.Sdk;

namespace NodeData.Emulator.CommandLine;

/// <summary>What the program was started with.</summary>
internal sealed record CommandLineArguments(EmulatorOptions Options, bool IsHelpRequested, bool HasWebhookSecret)
{
    public const string Help = """
        The Node Data service on your own machine.

        Usage: dotnet run --project src/NodeData.Emulator -- [options]

          --port N             the port to listen on; 0, the default, for a free one
          --bind ADDRESS       the address to listen on; 127.0.0.1 by default, so that nothing outside this machine reaches it
          --data FILE          where the data lies; without it, in a temporary file that goes when the emulator stops
          --key KEY            a made-up key with full access, nd_test_... or nd_live_...; may be given several times.
                               Such keys are no secrets. Where a mode has none, one is made and printed
          --seed FILE          more keys, as JSON: {"keys":[{"key":"nd_test_...","id":"key_ci","scopes":["models:read"]}]}
          --webhook URL        a webhook endpoint for all event types; may be given several times
          --webhook-secret S   a made-up secret of those endpoints, whsec_test_... or whsec_live_..., which is their mode; it is no secret.
                               Without it, each gets one of the test mode, which is printed
          --rate-limits on|off the service's limits: 1,000 reads and 120 writes for each key and minute; on by default
          --control            faults, clock, ledger, reset and webhook events over HTTP, under /control
          --help               this text
        """;

    public static CommandLineArguments Parse(string[] arguments)
    {
        var given = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Length; i++)
        {
            var option = arguments[i];
            var value =
                option is "--control" or "--help" ? ""
                : option
                    is not ("--port" or "--bind" or "--data" or "--key" or "--seed" or "--webhook" or "--webhook-secret" or "--rate-limits")
                    ? throw new UsageException($"{FormatOption(option)} is no option of the emulator. --help lists them.")
                : ++i < arguments.Length ? arguments[i]
                : throw new UsageException($"{option} needs a value. --help says which.");
            given.TryAdd(option, []);
            given[option].Add(value);
        }

        var options = new EmulatorOptions
        {
            Port = GetLast(given, "--port") is { } port ? ParsePort(port) : 0,
            BindAddress = GetLast(given, "--bind") is { } address ? ParseAddress(address) : IPAddress.Loopback,
            DataPath = GetLast(given, "--data"),
            Keys = [.. given.GetValueOrDefault("--key", []).Select(ParseKey)],
            Seed = GetLast(given, "--seed") is { } file ? ReadFile(file) : null,
            WebhookEndpoints = CreateEndpoints(given),
            EnforceRateLimits = GetLast(given, "--rate-limits") is not { } limits || ParseOnOff(limits),
            EnableControlApi = given.ContainsKey("--control"),
        };
        return new CommandLineArguments(options, given.ContainsKey("--help"), given.ContainsKey("--webhook-secret"));
    }

    private static string? GetLast(Dictionary<string, List<string>> given, string option) => given.GetValueOrDefault(option)?[^1];

    private static int ParsePort(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new UsageException("--port is a number from 0 to 65535; 0 for a free one.");

    private static IPAddress ParseAddress(string text) =>
        IPAddress.TryParse(text, out var address)
            ? address
            : throw new UsageException("--bind is an IP address such as 127.0.0.1, or 0.0.0.0 for every address of this machine.");

    private static ApiKey ParseKey(string text)
    {
        try
        {
            return ApiKey.Parse(text);
        }
        catch (NodeDataConfigurationException exception)
        {
            throw new UsageException($"--key: {exception.Message}");
        }
    }

    private static List<EmulatorWebhookEndpoint> CreateEndpoints(Dictionary<string, List<string>> given)
    {
        var secret = GetLast(given, "--webhook-secret") is { } text ? ParseSecret(text) : null;
        return secret is not null && !given.ContainsKey("--webhook")
            ? throw new UsageException("--webhook-secret is of no use without --webhook.")
            : [.. given.GetValueOrDefault("--webhook", []).Distinct(StringComparer.Ordinal).Select(url => CreateEndpoint(url, secret))];
    }

    private static EmulatorWebhookEndpoint CreateEndpoint(string url, WebhookSecret? secret)
    {
        try
        {
            return new EmulatorWebhookEndpoint(url, secret);
        }
        catch (ArgumentException exception)
        {
            throw new UsageException($"--webhook: {exception.InnerException!.Message}");
        }
    }

    private static WebhookSecret ParseSecret(string text)
    {
        try
        {
            return WebhookSecret.Parse(text);
        }
        catch (NodeDataConfigurationException exception)
        {
            throw new UsageException($"--webhook-secret: {exception.Message}");
        }
    }

    private static string ReadFile(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--seed: the file '{file}' cannot be read. Name one that is there.");
        }
    }

    private static bool ParseOnOff(string text) =>
        text switch
        {
            "on" => true,
            "off" => false,
            _ => throw new UsageException("--rate-limits is on or off."),
        };

    // A key that was given without its option must not be repeated on the screen.
    private static string FormatOption(string option) =>
        option.StartsWith("--", StringComparison.Ordinal) ? option.Split('=')[0] : "An argument without an option";
}
