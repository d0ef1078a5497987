using System.Diagnostics.CodeAnalysis;

namespace NodeData.Sdk.Testing.Conformance;

/// <summary>Provides the system clock, which is used only for the timeout of calls that hang; no check measures a claim store with it.</summary>
internal static class SystemTime
{
    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The only use of the system clock.")]
    public static TimeProvider Provider => TimeProvider.System;
}
