namespace NodeData.Cli.CommandLine;

/// <summary>What the tool ends with (docs/cli.md, "Exit codes"). <c>run</c> and <c>emulator exec</c> end with their command's own code.</summary>
internal enum ExitCode
{
    /// <summary>Done.</summary>
    Ok = 0,

    /// <summary>The service refused, or what was checked is not in order.</summary>
    Failed = 1,

    /// <summary>The command line, the environment or a file is not as it must be; nothing was sent.</summary>
    Usage = 2,

    /// <summary>The service could not be reached, or its answer did not come whole.</summary>
    Unreachable = 3,

    /// <summary>A secret was found where none may be.</summary>
    SecretFound = 4,

    /// <summary>It stopped half-way; the message says where, and how to go on or back.</summary>
    Incomplete = 5,

    /// <summary>A mistake of the tool's own.</summary>
    InternalError = 70,

    /// <summary>The program to run is there and cannot be run.</summary>
    NotExecutable = 126,

    /// <summary>There is no such program to run.</summary>
    NotFound = 127,

    /// <summary>Ctrl+C, or a request to end.</summary>
    Interrupted = 130,

    /// <summary>Nobody reads the output any more, as with a program that SIGPIPE ends.</summary>
    OutputClosed = 141,
}
