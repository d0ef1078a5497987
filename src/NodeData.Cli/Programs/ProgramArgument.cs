using System.CommandLine;

namespace NodeData.Cli.Programs;

/// <summary>The program that a command runs, with its arguments, behind <c>--</c>.</summary>
internal static class ProgramArgument
{
    public static Argument<string[]> Create() =>
        new("COMMAND") { Description = "The program and its arguments, behind --", Arity = ArgumentArity.OneOrMore };
}
