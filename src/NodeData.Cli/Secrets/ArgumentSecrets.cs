using System.CommandLine;
using NodeData.Cli.Emulation;
using NodeData.Cli.Failures;

namespace NodeData.Cli.Secrets;

/// <summary>Rejects a secret among the arguments: every user of the machine can read them, and shells keep them in their history.</summary>
internal static class ArgumentSecrets
{
    /// <exception cref="CommandFailedException">An argument contains a secret.</exception>
    public static void Reject(ReadOnlySpan<string> arguments, Command command)
    {
        // The emulator's keys are test-only, and what follows "--" belongs to another program.
        if (command is EmulatorCommand or EmulatorExecCommand)
        {
            return;
        }

        foreach (var argument in arguments)
        {
            if (argument == "--")
            {
                return;
            }

            if (SecretFinder.Find(argument) is [var range, ..])
            {
                throw CommandFailedException.Usage(
                    $"A secret ({SecretFinder.Hint(argument[range])}) is among the arguments, where every user of this machine can read it. Nothing was "
                        + "done. Keys come from NODE_DATA_API_KEY, .env.local or --key-file, and `keys revoke -` reads one from standard input. Remove "
                        + "the secret from the shell's history, and revoke it if others use this machine."
                );
            }
        }
    }
}
