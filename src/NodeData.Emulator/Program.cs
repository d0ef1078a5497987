using System.Net;
using System.Runtime.InteropServices;
using NodeData.Emulator.CommandLine;

namespace NodeData.Emulator;

/// <summary>The emulator as a program. The exit code is 0 after a stop, 1 if the emulator cannot start, 2 for invalid arguments.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        try
        {
            var parsed = CommandLineArguments.Parse(arguments);
            if (parsed.IsHelpRequested)
            {
                Console.WriteLine(CommandLineArguments.Help);
                return 0;
            }

            await RunAsync(parsed).ConfigureAwait(false);
            return 0;
        }
        catch (UsageException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return 2;
        }
        catch (EmulatorStartException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return 1;
        }
    }

    private static async Task RunAsync(CommandLineArguments arguments)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

        var emulator = await NodeDataEmulator.StartAsync(arguments.Options).ConfigureAwait(false);
        await using (emulator.ConfigureAwait(false))
        {
            PrintStartup(emulator, arguments);
            await stopped.Task.ConfigureAwait(false);
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopped.TrySetResult();
        }
    }

    // Prints generated keys and secrets only, never those from the command line.
    private static void PrintStartup(NodeDataEmulator emulator, CommandLineArguments arguments)
    {
        var options = arguments.Options;
        if (!IPAddress.IsLoopback(options.BindAddress))
        {
            Console.WriteLine($"Warning: listening on {options.BindAddress}; other machines may be able to reach the emulator.");
        }

        foreach (var key in new[] { emulator.TestKey, emulator.LiveKey }.Except(options.Keys))
        {
            Console.WriteLine($"Generated {key.Mode.ToString().ToLowerInvariant()} key with full access: {key.Reveal()}");
        }

        foreach (var endpoint in arguments.HasWebhookSecret ? [] : options.WebhookEndpoints)
        {
            Console.WriteLine($"Generated secret of the webhook endpoint {endpoint.Url}: {endpoint.Secret.Reveal()}");
        }

        Console.WriteLine(
            $"Node Data emulator ready at {emulator.BaseAddress} (data: {options.DataPath ?? "temporary"}). Press Ctrl+C to stop."
        );
    }
}
