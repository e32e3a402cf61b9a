//! The composition root: which till is open, and everything it is made of.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cloudecr::{SystemClock, TimeLimits};
use jiff::tz::TimeZone;
use tauri::AppHandle;
use tauri::async_runtime::{JoinHandle, RwLock};
use till::{InquiryTimes, KeyringVault, Language, SystemEntropy, Till, TillError, TillParts};

use crate::error::{CommandError, ErrorCode};
use crate::events;
use crate::training::Training;
use crate::view::Mode;

/// The keyring's service for a merchant's secrets.
const LIVE_SERVICE: &str = "my.kaunter.till";
/// The keyring's service for the simulator's; training never names the other one.
const TRAINING_SERVICE: &str = "my.kaunter.till.training";

/// The running program.
pub(crate) struct App {
    handle: AppHandle,
    root: PathBuf,
    start_in_training: bool,
    state: RwLock<State>,
    /// The page's language while no till is open, which the till that is opened from Set-up takes over.
    language: Mutex<Language>,
}

enum State {
    /// Nothing was opened yet.
    Starting,
    /// There is no till; somebody chooses training or sets one up, on the data that it will have.
    Setup(Option<Arc<Till>>),
    /// A till is open.
    Open(Arc<Session>),
    /// A till is there and does not open.
    Broken(Mode, CommandError),
}

/// An open till.
pub(crate) struct Session {
    /// The till.
    pub(crate) till: Arc<Till>,
    /// Training or live.
    pub(crate) mode: Mode,
    /// The simulator, in training.
    pub(crate) training: Option<Training>,
}

impl Session {
    /// The simulator that this till trains on.
    pub(crate) fn training(&self) -> Result<&Training, CommandError> {
        let not_training = || CommandError::new(ErrorCode::NotTraining, "this till is not in training");
        self.training.as_ref().ok_or_else(not_training)
    }
}

/// The merchant's till, as far as it goes.
enum Live {
    /// None was begun.
    None,
    /// One is being set up.
    Draft(Arc<Till>),
    /// Set up, and followed.
    Open(Arc<Session>),
}

/// How the program stands, for the page.
pub(crate) enum Standing {
    /// Set-up.
    Setup,
    /// A till is open; the task follows it.
    Open(Arc<Session>),
    /// A till does not open.
    Broken(Mode, CommandError),
}

impl App {
    /// The program on the data in `root`.
    pub(crate) fn new(handle: AppHandle, root: PathBuf, start_in_training: bool) -> Self {
        Self {
            handle,
            root,
            start_in_training,
            state: RwLock::new(State::Starting),
            language: Mutex::default(),
        }
    }

    /// How the program stands. The first call opens the till; one that did not open is tried again.
    pub(crate) async fn standing(&self) -> Standing {
        if let Some(standing) = settled(&*self.state.read().await) {
            return standing;
        }
        let mut state = self.state.write().await;
        if settled(&state).is_none() {
            *state = self.open_first().await;
        }
        match &*state {
            State::Open(session) => Standing::Open(Arc::clone(session)),
            State::Broken(mode, error) => Standing::Broken(*mode, error.clone()),
            State::Setup(_) | State::Starting => Standing::Setup,
        }
    }

    /// The open till.
    pub(crate) async fn session(&self) -> Result<Arc<Session>, CommandError> {
        match self.standing().await {
            Standing::Open(session) => Ok(session),
            Standing::Broken(_, error) => Err(error),
            Standing::Setup => Err(CommandError::new(
                ErrorCode::NotSetUp,
                "this till has not been set up yet",
            )),
        }
    }

    /// Opens training, from Set-up.
    pub(crate) async fn choose_training(&self) -> Result<(), CommandError> {
        let mut state = self.state.write().await;
        let session = self.open_training().await?;
        if let State::Setup(Some(draft)) = &*state {
            draft.pause_setup()?;
        }
        self.hand_language_on(&session.till)?;
        *state = State::Open(session);
        Ok(())
    }

    /// The till that is being set up, once it was begun.
    pub(crate) async fn draft(&self) -> Option<Arc<Till>> {
        match &*self.state.read().await {
            State::Setup(draft) => draft.clone(),
            State::Starting | State::Open(_) | State::Broken(..) => None,
        }
    }

    /// The till that is being set up; its data and its keyring are opened, so that their troubles show before anything
    /// was typed. Where another process has set it up meanwhile, the till is opened.
    pub(crate) async fn open_draft(&self) -> Result<Arc<Till>, CommandError> {
        let mut state = self.state.write().await;
        match &*state {
            State::Setup(Some(draft)) => return Ok(Arc::clone(draft)),
            State::Setup(None) => {}
            State::Starting | State::Open(_) | State::Broken(..) => {
                return Err(TillError::SetUpAlready.into());
            }
        }
        let till = Arc::new(self.open_till(Mode::Live).await?);
        if till.is_set_up()? {
            *state = State::Open(self.follow(till, Mode::Live, None));
            return Err(TillError::SetUpAlready.into());
        }
        self.hand_language_on(&till)?;
        *state = State::Setup(Some(Arc::clone(&till)));
        Ok(till)
    }

    /// Ends the set-up with the first manager, and opens the till. On an error the program stays in Set-up.
    pub(crate) async fn finish_setup(&self, name: &str, pin: &till::Pin) -> Result<(), CommandError> {
        let mut state = self.state.write().await;
        let State::Setup(Some(draft)) = &*state else {
            return Err(TillError::SetUpAlready.into());
        };
        let till = Arc::clone(draft);
        let (setting_up, name, pin) = (Arc::clone(&till), name.to_owned(), pin.clone());
        apart(move || async move { setting_up.set_up_manager(&name, &pin).await }).await?;
        self.hand_language_on(&till)?;
        *state = State::Open(self.follow(till, Mode::Live, None));
        Ok(())
    }

    /// Ends training and goes to Set-up, or to the merchant's till if there is one.
    pub(crate) async fn leave_training(&self) -> Result<(), CommandError> {
        let mut state = self.state.write().await;
        if let State::Open(session) = &*state {
            session.training()?;
            if session
                .till
                .store()
                .has_payments_on_their_way()
                .map_err(TillError::from)?
            {
                return Err(TillError::OpenPayments.into());
            }
            // Set-up goes on in the language that was spoken so far.
            *self.spoken() = session.till.store().language().map_err(TillError::from)?;
        }
        *state = match self.open_live().await {
            Ok(Live::Open(session)) => State::Open(session),
            Ok(Live::Draft(draft)) => State::Setup(Some(draft)),
            Ok(Live::None) => State::Setup(None),
            Err(error) => State::Broken(Mode::Live, error),
        };
        Ok(())
    }

    /// The page's language while no till is open.
    pub(crate) fn language(&self) -> Language {
        *self.spoken()
    }

    /// Sets the page's language: the open till's, or Set-up's.
    pub(crate) async fn set_language(&self, language: Language) -> Result<(), CommandError> {
        match self.standing().await {
            Standing::Open(session) => {
                blocking(move || {
                    session
                        .till
                        .store()
                        .set_language(language)
                        .map_err(TillError::from)
                })
                .await
            }
            Standing::Setup | Standing::Broken(..) => {
                *self.spoken() = language;
                // A set-up that is gone on with later speaks it, too.
                match self.draft().await {
                    Some(draft) => Ok(draft.store().set_language(language).map_err(TillError::from)?),
                    None => Ok(()),
                }
            }
        }
    }

    /// A language that was chosen in Set-up goes on in the till.
    fn hand_language_on(&self, till: &Till) -> Result<(), TillError> {
        match self.language() {
            Language::System => Ok(()),
            chosen @ (Language::English | Language::Malay | Language::Chinese) => {
                Ok(till.store().set_language(chosen)?)
            }
        }
    }

    fn spoken(&self) -> MutexGuard<'_, Language> {
        self.language.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a payment has not been answered yet. A till that is just being opened has none.
    pub(crate) fn has_payments_on_their_way(&self) -> bool {
        self.state.try_read().is_ok_and(|state| match &*state {
            State::Open(session) => session.till.store().has_payments_on_their_way().unwrap_or(false),
            State::Starting | State::Setup(_) | State::Broken(..) => false,
        })
    }

    /// Ends the open till's session at the gateway.
    pub(crate) async fn sign_off(&self) {
        let session = match &*self.state.read().await {
            State::Open(session) => Arc::clone(session),
            State::Starting | State::Setup(_) | State::Broken(..) => return,
        };
        if let Err(error) = session.till.sign_off().await {
            log::info!("the session could not be ended; the next start resumes it: {error}");
        }
    }

    /// Live where a till was set up; training where it was begun or asked for; else Set-up.
    async fn open_first(&self) -> State {
        if !self.start_in_training {
            match self.open_live().await {
                Ok(Live::Open(session)) => return State::Open(session),
                // Where somebody turned to training instead, that is where the program opens.
                Ok(Live::Draft(draft)) if draft.draft().is_ok_and(|draft| draft.step.is_some()) => {
                    match draft.store().language() {
                        Ok(language) => *self.spoken() = language,
                        Err(error) => log::warn!("the language of the set-up cannot be read: {error}"),
                    }
                    return State::Setup(Some(draft));
                }
                Ok(Live::Draft(_) | Live::None) => {}
                Err(error) => return State::Broken(Mode::Live, error),
            }
        }
        if self.start_in_training || self.folder(Mode::Training).exists() {
            return match self.open_training().await {
                Ok(session) => State::Open(session),
                Err(error) => State::Broken(Mode::Training, error),
            };
        }
        State::Setup(None)
    }

    /// The merchant's till, as far as one was set up.
    async fn open_live(&self) -> Result<Live, CommandError> {
        if !self.folder(Mode::Live).exists() {
            return Ok(Live::None);
        }
        let till = Arc::new(self.open_till(Mode::Live).await?);
        if !till.is_set_up()? {
            return Ok(Live::Draft(till));
        }
        Ok(Live::Open(self.follow(till, Mode::Live, None)))
    }

    async fn open_training(&self) -> Result<Arc<Session>, CommandError> {
        let till = self.open_till(Mode::Training).await?;
        let training = Training::start().await?;
        let (till, training) = blocking(move || training.furnish(&till).map(|()| (till, training))).await?;
        Ok(self.follow(Arc::new(till), Mode::Training, Some(training)))
    }

    /// Opens a till's data, alone.
    async fn open_till(&self, mode: Mode) -> Result<Till, CommandError> {
        let parts = parts(&self.root, mode);
        let opened = blocking(move || Till::open(parts)).await;
        opened.inspect_err(|error| log::error!("the till does not open: {}", error.message))
    }

    fn follow(&self, till: Arc<Till>, mode: Mode, training: Option<Training>) -> Arc<Session> {
        log::info!("the till is open: {mode:?}");
        let session = Arc::new(Session { till, mode, training });
        events::follow(&self.handle, &session);
        session
    }

    fn folder(&self, mode: Mode) -> PathBuf {
        folder(&self.root, mode)
    }
}

/// What the till of a mode is made of.
pub(crate) fn parts(root: &Path, mode: Mode) -> TillParts {
    let service = service(mode);
    TillParts {
        folder: folder(root, mode),
        vault: Box::new(move |till| Arc::new(KeyringVault::new(service, till))),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        zone: TimeZone::system(),
        training: mode == Mode::Training,
        times: InquiryTimes::default(),
        print_limits: till::print::PrintLimits::default(),
        system_language: system_language(),
        limits: TimeLimits::default(),
    }
}

/// The first of the computer's languages that the till speaks; English if there is none. As the page finds its own.
fn system_language() -> Language {
    let spoken = |tag: String| match tag.split(['-', '_']).next() {
        Some("en") => Some(Language::English),
        Some("ms") => Some(Language::Malay),
        Some("zh") => Some(Language::Chinese),
        Some(_) | None => None,
    };
    sys_locale::get_locales()
        .find_map(spoken)
        .unwrap_or(Language::English)
}

/// Live and training secrets never share a service of the keyring.
pub(crate) const fn service(mode: Mode) -> &'static str {
    match mode {
        Mode::Live | Mode::Setup => LIVE_SERVICE,
        Mode::Training => TRAINING_SERVICE,
    }
}

/// Live and training data never share a folder.
pub(crate) fn folder(root: &Path, mode: Mode) -> PathBuf {
    root.join(match mode {
        Mode::Live | Mode::Setup => "live",
        Mode::Training => "training",
    })
}

/// What the page can be told without opening anything.
fn settled(state: &State) -> Option<Standing> {
    match state {
        State::Open(session) => Some(Standing::Open(Arc::clone(session))),
        State::Setup(_) => Some(Standing::Setup),
        State::Starting | State::Broken(..) => None,
    }
}

/// Runs what waits for the gateway and, between, for the disk, the keyring or a hash, on a thread that may wait. It runs to
/// its end, also when the page that asked is gone.
pub(crate) async fn apart<T: Send + 'static, Work: Future<Output = Result<T, TillError>>>(
    work: impl FnOnce() -> Work + Send + 'static,
) -> Result<T, CommandError> {
    blocking(move || tauri::async_runtime::block_on(work())).await
}

/// Runs what waits for the disk, the keyring or a hash on a thread that may wait.
pub(crate) async fn blocking<T: Send + 'static, E>(
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, CommandError>
where
    E: Send + 'static,
    CommandError: From<E>,
{
    let task: JoinHandle<Result<T, E>> = tauri::async_runtime::spawn_blocking(work);
    Ok(task.await??)
}
