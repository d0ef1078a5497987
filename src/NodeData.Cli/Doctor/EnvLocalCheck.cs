using NodeData.Cli.Credentials;
using NodeData.Sdk;

namespace NodeData.Cli.Doctor;

/// <summary>The <c>.env.local</c>, and whether git keeps it.</summary>
internal static class EnvLocalCheck
{
    private const string Check = ".env.local";

    public static Finding Run(ClientSettings settings)
    {
        if (settings.LocalFile is not { } file)
        {
            return Finding.Note(Check, "none here or above, up to the repository's root");
        }

        var report = file.GetGitStatus();
        return report.State switch
        {
            EnvLocalGitState.Ignored => Finding.Ok(Check, $"{file.Path}, and git ignores it"),
            EnvLocalGitState.NotIgnored => Finding.Warning(
                Check,
                $"{file.Path}, and git would take it in with the next `git add`",
                report.Remedy!
            ),
            EnvLocalGitState.Tracked => Finding.Error(Check, $"{file.Path}, and git keeps it", report.Remedy!),
            _ => Finding.Note(Check, $"{file.Path}; git could not be asked: {report.Remedy}"),
        };
    }
}
