namespace NodeData.Cli.Doctor;

/// <summary>What was found of one thing.</summary>
/// <param name="Check">What was looked at.</param>
/// <param name="State">How it is.</param>
/// <param name="Found">What is there.</param>
/// <param name="Cure">What to do; null where there is nothing to do.</param>
internal sealed record Finding(string Check, FindingState State, string Found, string? Cure = null)
{
    public static Finding Good(string check, string found) => new(check, FindingState.Good, found);

    public static Finding Note(string check, string found, string? cure = null) => new(check, FindingState.Note, found, cure);

    public static Finding Warning(string check, string found, string cure) => new(check, FindingState.Warning, found, cure);

    public static Finding Problem(string check, string found, string cure) => new(check, FindingState.Problem, found, cure);
}

/// <summary>How it is.</summary>
internal enum FindingState
{
    /// <summary>In order.</summary>
    Good,

    /// <summary>Neither good nor bad: what could not be seen, or need not be there.</summary>
    Note,

    /// <summary>It works, and will not always.</summary>
    Warning,

    /// <summary>It does not work, or is not safe.</summary>
    Problem,
}
