using System.CommandLine;
using NodeData.Cli.Emulation;
using NodeData.Cli.Failures;

namespace NodeData.Cli.Secrets;

/// <summary>Refuses a secret among the arguments: every user of the machine can read those, and shells keep them.</summary>
internal static class ArgumentSecrets
{
    /// <exception cref="CommandFailedException">There is one.</exception>
    public static void Reject(ReadOnlySpan<string> arguments, Command command)
    {
        // The emulator's keys are made up, and what follows "--" is another program's.
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
                    $"A secret ({SecretFinder.Hint(argument[range])}) stands among the arguments, where every user of this machine can read it; nothing was "
                        + "done. Keys come from NODE_DATA_API_KEY, .env.local or --key-file, and `keys revoke -` reads one from standard input. Take it "
                        + "out of the shell's history, and revoke it where others use this machine."
                );
            }
        }
    }
}
