namespace ClinicBlazor.Domain.Kernel;

/// <summary>A draft as its author finds it again.</summary>
/// <param name="Body">What was saved.</param>
/// <param name="SavedAt">When.</param>
public sealed record SavedDraft(string Body, DateTimeOffset SavedAt);
