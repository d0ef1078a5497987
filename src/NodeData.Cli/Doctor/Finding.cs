namespace NodeData.Cli.Doctor;

/// <summary>What was found of one thing.</summary>
/// <param name="Check">What was looked at.</param>
/// <param name="Severity">How it is.</param>
/// <param name="Message">What is there.</param>
/// <param name="Remedy">What to do; null where there is nothing to do.</param>
internal sealed record Finding(string Check, FindingSeverity Severity, string Message, string? Remedy = null)
{
    public static Finding Ok(string check, string message) => new(check, FindingSeverity.Ok, message);

    public static Finding Note(string check, string message, string? remedy = null) => new(check, FindingSeverity.Note, message, remedy);

    public static Finding Warning(string check, string message, string remedy) => new(check, FindingSeverity.Warning, message, remedy);

    public static Finding Error(string check, string message, string remedy) => new(check, FindingSeverity.Error, message, remedy);
}

/// <summary>How it is.</summary>
internal enum FindingSeverity
{
    /// <summary>In order.</summary>
    Ok,

    /// <summary>Neither good nor bad: what could not be seen, or need not be there.</summary>
    Note,

    /// <summary>It works, and will not always.</summary>
    Warning,

    /// <summary>It does not work, or is not safe.</summary>
    Error,
}
