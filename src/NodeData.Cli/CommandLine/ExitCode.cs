namespace NodeData.Cli.CommandLine;

/// <summary>The tool's exit code (docs/cli.md, "Exit codes"). <c>run</c> and <c>emulator exec</c> return the exit code of their program.</summary>
internal enum ExitCode
{
    /// <summary>Success.</summary>
    Ok = 0,

    /// <summary>The service rejected the request, or a check failed.</summary>
    Failed = 1,

    /// <summary>The command line, the environment or a file is invalid; nothing was sent.</summary>
    Usage = 2,

    /// <summary>The service could not be reached, or its response was incomplete.</summary>
    Unreachable = 3,

    /// <summary>A secret was found where none is allowed.</summary>
    SecretFound = 4,

    /// <summary>The command stopped before it was complete; the error message contains the step, and how to resume or roll back.</summary>
    Incomplete = 5,

    /// <summary>An internal error of the tool.</summary>
    InternalError = 70,

    /// <summary>The program to run exists but cannot be executed.</summary>
    NotExecutable = 126,

    /// <summary>The program to run was not found.</summary>
    NotFound = 127,

    /// <summary>The command was interrupted by Ctrl+C or SIGTERM.</summary>
    Interrupted = 130,

    /// <summary>Standard output was closed. It is the exit code of a process that SIGPIPE terminates.</summary>
    OutputClosed = 141,
}
