namespace NodeData.Sdk;

/// <summary>Defines the git states of a file with secrets.</summary>
public enum EnvLocalGitState
{
    /// <summary>The state is unknown: git is not installed, or there is no repository.</summary>
    Unknown = 0,

    /// <summary>Git ignores the file, as recommended.</summary>
    Ignored = 1,

    /// <summary>The next <c>git add</c> would add the file.</summary>
    NotIgnored = 2,

    /// <summary>Git tracks the file: everyone with access to the repository has the secrets.</summary>
    Tracked = 3,
}
