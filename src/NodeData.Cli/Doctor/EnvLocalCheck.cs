using NodeData.Cli.Credentials;
using NodeData.Sdk;

namespace NodeData.Cli.Doctor;

/// <summary>Checks whether git ignores <c>.env.local</c>.</summary>
internal static class EnvLocalCheck
{
    private const string Check = ".env.local";

    public static Finding Run(ClientSettings settings)
    {
        if (settings.LocalFile is not { } file)
        {
            return Finding.Note(Check, "none in this directory or above it, up to the root of the repository");
        }

        var report = file.GetGitStatus();
        return report.State switch
        {
            EnvLocalGitState.Ignored => Finding.Ok(Check, $"{file.Path} is ignored by git"),
            EnvLocalGitState.NotIgnored => Finding.Warning(
                Check,
                $"{file.Path} is not ignored by git: the next `git add` would add it",
                report.Remedy!
            ),
            EnvLocalGitState.Tracked => Finding.Error(Check, $"{file.Path} is tracked by git", report.Remedy!),
            _ => Finding.Note(Check, $"{file.Path}; whether git ignores it is unknown: {report.Remedy}"),
        };
    }
}
