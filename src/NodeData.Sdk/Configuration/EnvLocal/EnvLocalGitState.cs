namespace NodeData.Sdk;

/// <summary>Whether git keeps a file with secrets.</summary>
public enum EnvLocalGitState
{
    /// <summary>Git could not tell: there is no git, or no repository.</summary>
    Unknown = 0,

    /// <summary>Git ignores it, as it should.</summary>
    Ignored = 1,

    /// <summary>Git would take it in with the next <c>git add</c>.</summary>
    NotIgnored = 2,

    /// <summary>Git keeps it: whoever has the repository has the secrets.</summary>
    Tracked = 3,
}
