"""An inert stand-in for TensorFlow.

Rasa 3.6.21 imports TensorFlow when it starts, although a pipeline of linear models never calls it.
The packages `tensorflow`, `tensorflow_hub`, `tensorflow_text` and `keras` of this distribution can be
imported, subclassed and named in annotations; whatever calls or instantiates anything of them gets a
`TensorFlowMissing` that says how to install the real one.
"""

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any, NoReturn


class TensorFlowMissing(RuntimeError):
    """Something tried to use TensorFlow, of which only the inert stand-in is installed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} was called, but only the inert stand-in for TensorFlow is installed. A pipeline with DIET, "
            "TED or another neural component needs the real one: replace the dependency 'tensorflow-standin' by "
            "'tensorflow==2.12.0' and 'tensorflow-text==2.12.0' (see docs/decisions/)."
        )


class Inert(type):
    """Type of every stand-in attribute: a class that can be subclassed and annotated with, but not called."""

    def __getattr__(cls, name: str) -> "Inert":
        if name.startswith("__"):
            raise AttributeError(name)
        return inert(f"{cls.__module__}.{cls.__qualname__}.{name}")

    def __call__(cls, *args: Any, **kwargs: Any) -> NoReturn:
        raise TensorFlowMissing(f"{cls.__module__}.{cls.__qualname__}")


def inert(full_name: str) -> Inert:
    """Make the stand-in class for a dotted name."""
    module, _, name = full_name.rpartition(".")
    return Inert(name, (), {"__module__": module})


class _InertModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = _keep_function_as_it_is if name == "function" else inert(f"{self.__name__}.{name}")
        setattr(self, name, value)
        return value


def _keep_function_as_it_is(function: Any = None, **_: Any) -> Any:
    """Stand in for the decorator `tf.function`, which Rasa applies while it is imported."""
    return function if function is not None else _keep_function_as_it_is


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds every submodule of the stand-in packages, so that `from tensorflow.a.b import C` works."""

    roots = ("tensorflow.", "tensorflow_hub.", "tensorflow_text.", "keras.")

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if not name.startswith(self.roots):
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _InertModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        module.__path__ = []


def stand_in_for(name: str) -> None:
    """Turn the module `name`, which is being imported, into an inert one."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.append(_Finder())
    sys.modules[name].__class__ = _InertModule
