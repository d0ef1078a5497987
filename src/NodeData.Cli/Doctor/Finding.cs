namespace NodeData.Cli.Doctor;

/// <summary>The result of a check.</summary>
/// <param name="Check">The name of the check.</param>
/// <param name="Severity">The severity.</param>
/// <param name="Message">What the check found.</param>
/// <param name="Remedy">What to do; null if there is nothing to do.</param>
internal sealed record Finding(string Check, FindingSeverity Severity, string Message, string? Remedy = null)
{
    public static Finding Ok(string check, string message) => new(check, FindingSeverity.Ok, message);

    public static Finding Note(string check, string message, string? remedy = null) => new(check, FindingSeverity.Note, message, remedy);

    public static Finding Warning(string check, string message, string remedy) => new(check, FindingSeverity.Warning, message, remedy);

    public static Finding Error(string check, string message, string remedy) => new(check, FindingSeverity.Error, message, remedy);
}

/// <summary>The severity of a finding.</summary>
internal enum FindingSeverity
{
    /// <summary>No problem.</summary>
    Ok,

    /// <summary>Information: something that could not be checked, or that is optional.</summary>
    Note,

    /// <summary>It works, but may stop working.</summary>
    Warning,

    /// <summary>It does not work, or is not secure.</summary>
    Error,
}
