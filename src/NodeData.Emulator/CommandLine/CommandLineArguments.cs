using System.Globalization;
using System.Net;
using NodeData.Sdk;

namespace NodeData.Emulator.CommandLine;

/// <summary>The command-line arguments of the program.</summary>
internal sealed record CommandLineArguments(EmulatorOptions Options, bool IsHelpRequested, bool HasWebhookSecret)
{
    public const string Help = """
        The Node Data service on your own machine.

        Usage: dotnet run --project src/NodeData.Emulator -- [options]

          --port N             Port to listen on; the default is 0, a free port
          --bind ADDRESS       Address to listen on; the default is 127.0.0.1, which is not reachable from other machines
          --data FILE          Data file; the default is a temporary file, deleted when the emulator stops
          --key KEY            Key with full access, nd_test_... or nd_live_..., for tests only (not a secret); can be repeated.
                               A key is generated and printed for each mode that has none
          --seed FILE          Additional keys, as JSON: {"keys":[{"key":"nd_test_...","id":"key_ci","scopes":["models:read"]}]}
          --webhook URL        Webhook endpoint for all event types; can be repeated
          --webhook-secret S   Secret of these endpoints, whsec_test_... or whsec_live_..., for tests only; determines their mode.
                               By default, a test-mode secret is generated and printed for each endpoint
          --rate-limits on|off Enforce the service's limits, 1,000 reads and 120 writes per key and minute; the default is on
          --control            Enable the control API under /control: faults, clock, recorded requests, reset, webhook events
          --help               Show this help
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
                    ? throw new UsageException(
                        $"{FormatOption(option)} is not an option of the emulator. Run with --help for the list of options."
                    )
                : ++i < arguments.Length ? arguments[i]
                : throw new UsageException($"{option} requires a value. Run with --help for details.");
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
            : throw new UsageException("--port must be a number from 0 to 65535; 0 for a free port.");

    private static IPAddress ParseAddress(string text) =>
        IPAddress.TryParse(text, out var address)
            ? address
            : throw new UsageException("--bind must be an IP address, such as 127.0.0.1, or 0.0.0.0 for all addresses of this machine.");

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
            ? throw new UsageException("--webhook-secret requires --webhook.")
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
            throw new UsageException($"--seed: the file '{file}' cannot be read. Specify a readable file.");
        }
    }

    private static bool ParseOnOff(string text) =>
        text switch
        {
            "on" => true,
            "off" => false,
            _ => throw new UsageException("--rate-limits must be on or off."),
        };

    // A key passed without its option must not be printed.
    private static string FormatOption(string option) =>
        option.StartsWith("--", StringComparison.Ordinal) ? option.Split('=')[0] : "An argument without an option";
}
