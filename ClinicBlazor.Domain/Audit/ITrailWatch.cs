namespace ClinicBlazor.Domain.Audit;

/// <summary>
/// What the program itself draws from the trail for those who watch over it: they see it, and nobody else any of it. It names
/// accounts and no patient.
/// </summary>
internal interface ITrailWatch;
