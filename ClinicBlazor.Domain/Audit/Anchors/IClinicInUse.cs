using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Audit.Anchors;

/// <summary>Whether a clinic is in use, by what came into it after its trail began. The concept that brings that answers.</summary>
internal interface IClinicInUse
{
    /// <summary>True when there is something that no clinic has before its first start.</summary>
    Task<bool> AnswerAsync(DbContext db, CancellationToken ct);
}
