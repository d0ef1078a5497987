using System.Net;
using System.Runtime.InteropServices;
using NodeData.Emulator.CommandLine;

namespace NodeData.Emulator;

/// <summary>The emulator as a program. Ends with 0 when it was stopped, 1 where it could not start, 2 where it was started wrongly.</summary>
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

    // Prints what was made up here, and nothing that was given.
    private static void PrintStartup(NodeDataEmulator emulator, CommandLineArguments arguments)
    {
        var options = arguments.Options;
        if (!IPAddress.IsLoopback(options.BindAddress))
        {
            Console.WriteLine($"Warning: listening on {options.BindAddress}, so others than this machine may reach the emulator.");
        }

        foreach (var key in new[] { emulator.TestKey, emulator.LiveKey }.Except(options.Keys))
        {
            Console.WriteLine($"Made-up {key.Mode.ToString().ToLowerInvariant()} key with full access: {key.Reveal()}");
        }

        foreach (var endpoint in arguments.HasWebhookSecret ? [] : options.WebhookEndpoints)
        {
            Console.WriteLine($"Made-up secret of the webhook endpoint {endpoint.Url}: {endpoint.Secret.Reveal()}");
        }

        Console.WriteLine(
            $"Node Data emulator ready at {emulator.BaseAddress} (data: {options.DataPath ?? "temporary"}). Ctrl+C stops it."
        );
    }
}
