using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ClinicBlazor.Domain.Data;

/// <summary>What a concept registers in order to learn what every act changes, whoever carries it out.</summary>
internal interface IChangeObserver
{
    /// <summary>Looks at what is about to be saved; answers with what is to be told once that is saved, or null.</summary>
    Action? Observe(ChangeTracker changes);
}
