using System.CommandLine;

namespace NodeData.Cli.Programs;

/// <summary>Creates the argument for the program that a command runs, after <c>--</c>.</summary>
internal static class ProgramArgument
{
    public static Argument<string[]> Create() =>
        new("COMMAND") { Description = "Program and its arguments, after --", Arity = ArgumentArity.OneOrMore };
}
