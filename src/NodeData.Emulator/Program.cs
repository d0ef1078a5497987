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
            if (parsed.AsksForHelp)
            {
                Console.WriteLine(CommandLineArguments.Help);
                return 0;
            }

            await RunAsync(parsed.Options).ConfigureAwait(false);
            return 0;
        }
        catch (UsageException mistake)
        {
            await Console.Error.WriteLineAsync(mistake.Message).ConfigureAwait(false);
            return 2;
        }
        catch (EmulatorStartException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message).ConfigureAwait(false);
            return 1;
        }
    }

    private static async Task RunAsync(EmulatorOptions options)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

        var emulator = await NodeDataEmulator.StartAsync(options).ConfigureAwait(false);
        await using (emulator.ConfigureAwait(false))
        {
            Greet(emulator, options);
            await stopped.Task.ConfigureAwait(false);
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopped.TrySetResult();
        }
    }

    // Where keys were given, only the modes without one get one that nobody knows yet.
    private static void Greet(NodeDataEmulator emulator, EmulatorOptions options)
    {
        if (!IPAddress.IsLoopback(options.BindAddress))
        {
            Console.WriteLine($"Warning: listening on {options.BindAddress}, so others than this machine may reach the emulator.");
        }

        foreach (var key in new[] { emulator.TestKey, emulator.LiveKey }.Except(options.Keys))
        {
            Console.WriteLine($"Made-up {key.Mode.ToString().ToLowerInvariant()} key with full access: {key.Reveal()}");
        }

        Console.WriteLine(
            $"Node Data emulator ready at {emulator.BaseAddress} (data: {options.DataPath ?? "temporary"}). Ctrl+C stops it."
        );
    }
}
